import type { Logger, MoneyValue, Transaction } from '@crema/kit';
import { OrderRefund } from '../entities/order-refund.ts';
import { Order } from '../entities/order.ts';
import type { AdvanceOrder } from './advance-order.ts';
import { closedMessage } from './closed-messages.ts';
import { isPaidBack, promiseRest } from './promise-refund.ts';

/** Keeps what the wallet took for an order and gave back, in whatever order it tells. */
export class Payments {
  constructor(
    private readonly advance: AdvanceOrder,
    private readonly log: Logger,
  ) {}

  /** Captured after the order ended: the wallet gives it back by itself, on OrderClosed. */
  async captured(
    tx: Transaction,
    order: Order,
    { amount, at }: { amount: MoneyValue; at: Date },
  ): Promise<void> {
    if (!this.isPlausible(order, amount)) return;
    const paidMinor = Math.max(order.paidMinor, amount.minor);
    const isNews = paidMinor > order.paidMinor;
    order.paidMinor = paidMinor;
    if (await this.advance.run(tx, order, 'PAYMENT_CAPTURED')) return;
    if (!isNews) return;
    if (isPaidBack(order)) this.promiseRest(tx, order, at);
    this.keep(tx, order);
    this.log.warn({ orderId: order.id, status: order.status }, 'a payment came at another time');
  }

  /** Without a refund's id it is the rest of an order that ended early. */
  async refunded(
    tx: Transaction,
    order: Order,
    { refundId, amount, at }: { refundId: string | null; amount: MoneyValue; at: Date },
  ): Promise<void> {
    const refund = await tx.lock(OrderRefund, refundId ?? order.id);
    const isStrange = refund ? refund.orderId !== order.id || refund.arrivedAt : refundId !== null;
    if (isStrange) {
      this.log.warn({ orderId: order.id, refundId }, 'a refund is unknown or has arrived before');
      return;
    }
    const refundedMinor = order.refundedMinor + amount.minor;
    if (!this.isPlausible(order, { ...amount, minor: refundedMinor })) return;
    order.refundedMinor = refundedMinor;
    // What came back had been paid and was due: the wallet may tell the one before the other.
    order.paidMinor = Math.max(order.paidMinor, refundedMinor);
    if (order.refundDueMinor < refundedMinor) this.promiseRest(tx, order, at);
    const { id } = refund ?? order;
    tx.update(OrderRefund, id, { arrivedAt: at });
    this.keep(tx, order);
  }

  private promiseRest(tx: Transaction, order: Order, at: Date): void {
    const { closedReason } = order;
    const reason = closedReason
      ? closedMessage(closedReason, order, null)
      : 'The payment came back.';
    promiseRest(tx, order, { reason, actorId: null, at });
  }

  private isPlausible(order: Order, { minor, currency }: MoneyValue): boolean {
    const fits = currency === order.currency && minor >= 0 && minor <= order.totalMinor;
    if (!fits) {
      this.log.error({ orderId: order.id, minor, currency }, 'an amount does not fit its order');
    }
    return fits;
  }

  private keep(tx: Transaction, order: Order): void {
    order.version++;
    const { version, paidMinor, refundDueMinor, refundedMinor } = order;
    tx.update(Order, order.id, { version, paidMinor, refundDueMinor, refundedMinor });
  }
}
