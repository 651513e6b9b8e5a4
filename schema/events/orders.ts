import { z } from 'zod';
import { id, instant, money } from './common.ts';
import { defineEvent } from './define-event.ts';

const topic = 'orders.orders';

/** Who and where: in every fact about an order. All of them have the order's id as key. */
const order = z.object({
  cafeId: id(),
  customerId: id(),
  /** Short, spoken at the counter. */
  number: z.string(),
  at: instant(),
});

const line = z.object({
  lineId: id(),
  productId: id(),
  productName: z.string(),
  optionIds: z.array(id()),
  quantity: z.int().positive(),
  unitPrice: money(),
  total: money(),
});

const amounts = z.object({ subtotal: money(), tax: money(), tip: money(), total: money() });

/** A customer's order was accepted; nothing is set aside or paid yet. */
export const OrderPlaced = defineEvent({
  type: 'orders.order.placed',
  version: 1,
  topic,
  data: order.extend({
    lines: z.array(line),
    amounts,
    /** Null for as soon as possible. */
    pickupAt: instant().nullable(),
  }),
});

/** Stock is set aside; the total is due from the customer's wallet. */
export const OrderPaymentDue = defineEvent({
  type: 'orders.order.payment-due',
  version: 1,
  topic,
  data: order.extend({ total: money() }),
});

/** Stock and payment are in: the café will make it. */
export const OrderConfirmed = defineEvent({
  type: 'orders.order.confirmed',
  version: 1,
  topic,
  data: order.extend({
    lines: z.array(line),
    amounts,
    placedAt: instant(),
    /** Null or missing for as soon as possible. */
    pickupAt: instant().nullable().optional(),
  }),
});

/** It is time to make an order that is picked up later: it is on the café's queue. */
export const OrderQueued = defineEvent({
  type: 'orders.order.queued',
  version: 1,
  topic,
  data: order,
});

/** A barista began. What was set aside is used up. */
export const OrderPreparing = defineEvent({
  type: 'orders.order.preparing',
  version: 1,
  topic,
  data: order,
});

export const OrderReady = defineEvent({
  type: 'orders.order.ready',
  version: 1,
  topic,
  data: order.extend({ confirmedAt: instant() }),
});

/** READY was a mistaken tap; it is being prepared again. */
export const OrderRecalled = defineEvent({
  type: 'orders.order.recalled',
  version: 1,
  topic,
  data: order,
});

export const OrderCollected = defineEvent({
  type: 'orders.order.collected',
  version: 1,
  topic,
  data: order,
});

/** The order ended early. Whoever holds stock or money for it gives it back. */
export const OrderClosed = defineEvent({
  type: 'orders.order.closed',
  version: 1,
  topic,
  data: order.extend({
    status: z.enum(['REJECTED', 'CANCELLED']),
    reason: z.enum([
      'OUT_OF_STOCK',
      'INSUFFICIENT_FUNDS',
      'CAFE_CLOSED',
      'CANCELLED_BY_CUSTOMER',
      'CANCELLED_BY_CAFE',
      'TIMED_OUT',
      'NOT_COLLECTED',
    ]),
    /** For the customer to read, in English. */
    message: z.string(),
    /** What of the message was given with the reason, for who writes it in another language: what is missing, or why. */
    detail: z.string().nullable().optional(),
    /** Whether it was confirmed, and so counted as a sale. */
    wasConfirmed: z.boolean(),
    /** False when the money stays with the café, as for an order that nobody collected. */
    refundDue: z.boolean(),
    total: money(),
  }),
});

/** Part or all of what was paid is to be given back, the order standing as it is. */
export const OrderRefundDue = defineEvent({
  type: 'orders.order.refund-due',
  version: 1,
  topic,
  data: order.extend({
    refundId: id(),
    amount: money(),
    reason: z.string(),
    lineIds: z.array(id()),
    /** What the amount is made of. */
    amounts: amounts.optional(),
    /** The pieces that are given back; none when it is for an amount or for all. */
    lines: z
      .array(
        z.object({
          lineId: id(),
          productId: id(),
          quantity: z.int().positive(),
          /** Without tax. */
          total: money(),
        }),
      )
      .optional(),
    /** Who decided it. */
    actorId: id().optional(),
  }),
});
