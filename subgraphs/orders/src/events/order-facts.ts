import type { Transaction } from '@crema/kit';
import {
  OrderClosed,
  OrderCollected,
  OrderConfirmed,
  OrderPaymentDue,
  OrderPlaced,
  OrderPreparing,
  OrderQueued,
  OrderReady,
  OrderRecalled,
  OrderRefundDue,
} from '@crema/schema/events';
import type { OrderLine } from '../entities/order-line.ts';
import type { OrderRefund } from '../entities/order-refund.ts';
import type { Order } from '../entities/order.ts';
import { OrderClosedReason, OrderStatus } from '../entities/order-status.ts';
import type { Announcement } from '../services/order-life.ts';
import type { Returned } from '../services/refunded-lines.ts';

type Amounts = Pick<Order, 'subtotal' | 'tax' | 'tip' | 'total'>;

const common = ({ cafeId, customerId, number }: Order, at: Date) => ({
  cafeId,
  customerId,
  number,
  at: at.toISOString(),
});

const amountsOf = ({ subtotal, tax, tip, total }: Amounts) => ({
  subtotal: subtotal.toValue(),
  tax: tax.toValue(),
  tip: tip.toValue(),
  total: total.toValue(),
});

const lineData = (line: OrderLine) => ({
  lineId: line.id,
  productId: line.productId,
  productName: line.productName,
  optionIds: line.chosen.map(({ optionId }) => optionId),
  quantity: line.quantity,
  unitPrice: line.unitPrice.toValue(),
  total: line.total.toValue(),
});

export function announcePlaced(tx: Transaction, order: Order, lines: readonly OrderLine[]): void {
  tx.publish(OrderPlaced, order.id, {
    ...common(order, order.placedAt),
    lines: lines.map(lineData),
    amounts: amountsOf(order),
    pickupAt: order.pickupAt?.toISOString() ?? null,
  });
}

export interface StepDetails {
  readonly at: Date;
  /** For the customer to read; of an order that ends early. */
  readonly message: string;
  /** What of the message was given with the reason. */
  readonly detail: string | null;
  /** Read only when it is needed. */
  readonly lines: () => Promise<readonly OrderLine[]>;
}

/** Tells the others of a step that the order has taken. */
export async function announce(
  tx: Transaction,
  announcement: Announcement,
  order: Order,
  { at, message, detail, lines }: StepDetails,
): Promise<void> {
  const data = common(order, at);
  switch (announcement) {
    case 'OrderPaymentDue':
      return tx.publish(OrderPaymentDue, order.id, { ...data, total: order.total.toValue() });
    case 'OrderConfirmed':
      return tx.publish(OrderConfirmed, order.id, {
        ...data,
        lines: (await lines()).map(lineData),
        amounts: amountsOf(order),
        placedAt: order.placedAt.toISOString(),
        pickupAt: order.pickupAt?.toISOString() ?? null,
      });
    case 'OrderPreparing':
      return tx.publish(OrderPreparing, order.id, data);
    case 'OrderReady':
      return tx.publish(OrderReady, order.id, {
        ...data,
        confirmedAt: order.confirmedAt!.toISOString(),
      });
    case 'OrderRecalled':
      return tx.publish(OrderRecalled, order.id, data);
    case 'OrderCollected':
      return tx.publish(OrderCollected, order.id, data);
    case 'OrderClosed':
      return tx.publish(OrderClosed, order.id, {
        ...data,
        status: order.status === OrderStatus.REJECTED ? 'REJECTED' : 'CANCELLED',
        reason: order.closedReason!,
        message,
        detail,
        wasConfirmed: order.confirmedAt !== null,
        refundDue: order.closedReason !== OrderClosedReason.NOT_COLLECTED,
        total: order.total.toValue(),
      });
  }
}

export function announceQueued(tx: Transaction, order: Order, at: Date): void {
  tx.publish(OrderQueued, order.id, common(order, at));
}

export function announceRefund(
  tx: Transaction,
  order: Order,
  refund: OrderRefund,
  returned: readonly Returned[],
): void {
  const { subtotal, tax, tip, amount } = refund;
  tx.publish(OrderRefundDue, order.id, {
    ...common(order, refund.requestedAt),
    refundId: refund.id,
    amount: amount.toValue(),
    amounts: amountsOf({ subtotal, tax, tip, total: amount }),
    reason: refund.reason,
    lineIds: returned.map(({ line }) => line.id),
    lines: returned.map(({ line, quantity }) => ({
      lineId: line.id,
      productId: line.productId,
      quantity,
      total: line.unitPrice.times(quantity).toValue(),
    })),
    actorId: refund.actorId!,
  });
}
