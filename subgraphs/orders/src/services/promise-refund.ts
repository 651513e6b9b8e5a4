import type { Transaction } from '@crema/kit';
import { OrderRefund } from '../entities/order-refund.ts';
import { OrderClosedReason } from '../entities/order-status.ts';
import type { Order } from '../entities/order.ts';
import { partsOf } from './refund-parts.ts';

const LONGEST_REASON = 500;

type Promised = Pick<
  OrderRefund,
  'id' | 'amountMinor' | 'lines' | 'reason' | 'actorId' | 'requestedAt'
>;

/**
 * Promises money back: the one place where what is due to the customer grows. The order is locked; who calls
 * keeps it. The refunds of an order sum to its `refundDueMinor`.
 */
export function promiseRefund(tx: Transaction, order: Order, promised: Promised): OrderRefund {
  const { amountMinor } = promised;
  const parts = partsOf(order, order.refundDueMinor, amountMinor);
  const refund = Object.assign(new OrderRefund(), {
    ...promised,
    ...parts,
    orderId: order.id,
    beforeMinor: order.refundDueMinor,
    currency: order.currency,
    reason: promised.reason.slice(0, LONGEST_REASON),
    arrivedAt: null,
  });
  tx.insert(OrderRefund, refund);
  order.refundDueMinor += amountMinor;
  return refund;
}

/** Whether it ended in a way that leaves the café nothing; an order that nobody came for was made and is paid. */
export const isPaidBack = ({ closedReason }: Order): boolean =>
  closedReason !== null && closedReason !== OrderClosedReason.NOT_COLLECTED;

/** All that is left, because the order has ended early: at most one of an order, with the order's own id. */
export function promiseRest(
  tx: Transaction,
  order: Order,
  { reason, actorId, at }: { reason: string; actorId: string | null; at: Date },
): void {
  const amountMinor = order.paidMinor - order.refundDueMinor;
  if (amountMinor === 0) return;
  const id = order.id;
  promiseRefund(tx, order, { id, amountMinor, lines: [], reason, actorId, requestedAt: at });
}
