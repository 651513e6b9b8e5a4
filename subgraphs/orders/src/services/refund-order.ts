import {
  Money,
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
import { OrderRefund } from '../entities/order-refund.ts';
import { Order } from '../entities/order.ts';
import { announceRefund } from '../events/order-facts.ts';
import type { RefundOrderInput } from '../inputs/order-action-input.ts';
import { lockOrder } from './act-on-order.ts';
import { linesOf } from './advance-order.ts';
import { promiseRefund } from './promise-refund.ts';
import { worthAfter } from './refund-parts.ts';
import { readReturned, type Returned } from './refunded-lines.ts';

/** Gives back all, some pieces with their tax, or an amount: never more than was paid. */
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
    input: RefundOrderInput,
    now: Date,
  ): Promise<void> {
    const { reason } = input;
    checkKind(input);
    const left = new Money(order.paidMinor - order.refundDueMinor, order.currency);
    if (left.minor === 0) {
      throw refused('NOTHING_TO_REFUND', 'Nothing of what was paid is left to refund.', [
        'orderId',
      ]);
    }
    const returned = await this.returned(tx, order, input);
    const due = returned
      ? worthOf(order, returned, input)
      : input.amount
        ? readMoney(input.amount, { field: ['amount'], currency: order.currency, least: 1 })
        : left;
    if (due === null || due.minor > left.minor) {
      const message = `Only ${left} of what was paid is left.`;
      throw refused('REFUND_EXCEEDS_PAID', message, [kindOf(input) ?? 'orderId']);
    }
    order.version++;
    const refund = promiseRefund(tx, order, {
      id: this.ids.next(),
      amountMinor: due.minor,
      lines: (returned ?? []).map(({ line, quantity }) => ({ lineId: line.id, quantity })),
      reason,
      actorId,
      requestedAt: now,
    });
    const { version, refundDueMinor } = order;
    tx.update(Order, order.id, { version, refundDueMinor });
    announceRefund(tx, order, refund, returned ?? []);
    publishPrivilegedWrite(tx, {
      actorId,
      action: 'orders.refundOrder',
      target: `Order:${order.id}`,
      details: `${due}: ${reason}`,
      at: now,
    });
  }

  private async returned(
    tx: Transaction,
    order: Order,
    input: RefundOrderInput,
  ): Promise<Returned[] | null> {
    if (!input.lineIds && !input.lines) return null;
    const refunds = await tx.findMany(OrderRefund, [order.id], { by: 'orderId' });
    return readReturned(input, await linesOf(tx, order.id), refunds);
  }
}

const KINDS = ['lineIds', 'lines', 'amount'] as const;

const kindOf = (input: RefundOrderInput): (typeof KINDS)[number] | null =>
  KINDS.find((kind) => input[kind]) ?? null;

function checkKind(input: RefundOrderInput): void {
  const [, second] = KINDS.filter((kind) => input[kind]);
  if (second === undefined) return;
  throw refused('INVALID_INPUT', 'Refund lines or an amount, not both.', [second]);
}

/** What the pieces cost with their share of the tax; null when less than that is left of the goods. */
function worthOf(
  order: Order,
  returned: readonly Returned[],
  input: RefundOrderInput,
): Money | null {
  const netMinor = returned.reduce((sum, { line, quantity }) => sum + line.unitMinor * quantity, 0);
  if (netMinor === 0) {
    throw refused('NOTHING_TO_REFUND', 'These lines cost nothing.', [kindOf(input)!]);
  }
  const minor = worthAfter(order, order.refundDueMinor, netMinor);
  return minor === null ? null : new Money(minor, order.currency);
}
