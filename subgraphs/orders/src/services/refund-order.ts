import {
  Money,
  multiplyDivide,
  once,
  readMoney,
  refused,
  type Caller,
  type Clock,
  type Database,
  type Ids,
  type Transaction,
} from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import type { OrderLine } from '../entities/order-line.ts';
import { OrderRefund } from '../entities/order-refund.ts';
import { Order } from '../entities/order.ts';
import { announceRefund } from '../events/order-facts.ts';
import type { RefundOrderInput } from '../inputs/order-action-input.ts';
import { lockOrder } from './act-on-order.ts';
import { linesOf } from './advance-order.ts';

/** Gives back all, some lines with their tax, or an amount: never more than was paid. */
export class RefundOrder {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  run(caller: Caller, input: RefundOrderInput): Promise<Order> {
    caller.require('orders:refund');
    const actorId = caller.requireId();
    return this.database.transaction(async (tx) => {
      const { idempotencyKey: key, ...asked } = input;
      const now = this.clock.now();
      const order = await lockOrder(tx, input.orderId);
      caller.requireAt('orders:refund', order.cafeId);
      const request = { owner: actorId, operation: 'refundOrder', key, input: asked, now };
      await once(tx, request, async () => {
        await this.refund(tx, order, actorId, input, now);
        return order.id;
      });
      return order;
    });
  }

  private async refund(
    tx: Transaction,
    order: Order,
    actorId: string,
    { lineIds, amount, reason }: RefundOrderInput,
    now: Date,
  ): Promise<void> {
    const left = new Money(order.paidMinor - order.refundDueMinor, order.currency);
    if (left.minor === 0) {
      throw refused('NOTHING_TO_REFUND', 'Nothing of what was paid is left to refund.', [
        'orderId',
      ]);
    }
    if (lineIds && amount) {
      throw refused('INVALID_INPUT', 'Refund lines or an amount, not both.', ['amount']);
    }
    const due = lineIds
      ? await this.worthOf(tx, order, lineIds)
      : amount
        ? readMoney(amount, { field: ['amount'], currency: order.currency, least: 1 })
        : left;
    if (due.minor > left.minor) {
      const field = [lineIds ? 'lineIds' : 'amount'];
      throw refused('REFUND_EXCEEDS_PAID', `Only ${left} of what was paid is left.`, field);
    }
    await this.promise(tx, order, { actorId, due, lineIds: lineIds ?? [], reason, now });
  }

  /** What these lines cost with their share of the tax. All lines, one after the other, are all of the tax. */
  private async worthOf(tx: Transaction, order: Order, lineIds: readonly string[]): Promise<Money> {
    if (lineIds.length === 0 || new Set(lineIds).size < lineIds.length) {
      throw refused('INVALID_INPUT', 'Name each line once, and at least one.', ['lineIds']);
    }
    const refunds = await tx.findMany(OrderRefund, [order.id], { by: 'orderId' });
    const before = new Set(refunds.flatMap((refund) => refund.lineIds));
    const lines = await linesOf(tx, order.id);
    for (const [index, id] of lineIds.entries()) {
      const field = ['lineIds', String(index)];
      if (!lines.some((line) => line.id === id)) {
        throw refused('NOT_FOUND', 'The order has no such line.', field);
      }
      if (before.has(id))
        throw refused('ALREADY_REFUNDED', 'This line was refunded before.', field);
    }
    const after = new Set([...before, ...lineIds]);
    const minor = worthWithTax(order, lines, after) - worthWithTax(order, lines, before);
    if (minor === 0) {
      throw refused('NOTHING_TO_REFUND', 'These lines cost nothing.', ['lineIds']);
    }
    return new Money(minor, order.currency);
  }

  private async promise(
    tx: Transaction,
    order: Order,
    refund: { actorId: string; due: Money; lineIds: readonly string[]; reason: string; now: Date },
  ): Promise<void> {
    const { actorId, due, lineIds, reason, now } = refund;
    const row: OrderRefund = {
      id: this.ids.next(),
      orderId: order.id,
      amountMinor: due.minor,
      lineIds,
      reason,
      actorId,
      requestedAt: now,
      arrivedAt: null,
    };
    tx.insert(OrderRefund, row);
    order.version++;
    order.refundDueMinor += due.minor;
    const { version, refundDueMinor } = order;
    tx.update(Order, order.id, { version, refundDueMinor });
    announceRefund(tx, order, row, due.toValue());
    publishPrivilegedWrite(tx, {
      actorId,
      action: 'orders.refundOrder',
      target: `Order:${order.id}`,
      details: `${due}: ${reason}`,
      at: now,
    });
  }
}

/** The lines' total and its part of the order's tax, rounded half to even. */
function worthWithTax(
  { subtotalMinor, taxMinor }: Order,
  lines: readonly OrderLine[],
  ids: ReadonlySet<string>,
): number {
  const net = lines.reduce((sum, { id, totalMinor }) => (ids.has(id) ? sum + totalMinor : sum), 0);
  return subtotalMinor === 0 ? net : net + multiplyDivide(taxMinor, net, subtotalMinor);
}
