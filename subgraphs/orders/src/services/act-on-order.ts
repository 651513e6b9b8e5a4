import {
  forbidden,
  refused,
  type Caller,
  type Clock,
  type Database,
  type Transaction,
} from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import { Order } from '../entities/order.ts';
import type { OrderActionInput } from '../inputs/order-action-input.ts';
import type { AdvanceOrder } from './advance-order.ts';
import type { OrderFact } from './order-life.ts';

/** What the café's staff does with an order, by the mutation's name. */
const STAFF_ACTIONS = {
  startPreparing: 'PREPARATION_STARTED',
  markReady: 'MARKED_READY',
  markCollected: 'MARKED_COLLECTED',
  recallOrder: 'RECALLED',
  rejectOrder: 'REJECTED_BY_CAFE',
} as const satisfies Record<string, OrderFact>;

export type StaffAction = keyof typeof STAFF_ACTIONS;

/** Steps that people decide: baristas on the queue, and the customer who cancels. */
export class ActOnOrder {
  constructor(
    private readonly advance: AdvanceOrder,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A step on the queue of the order's café. */
  byStaff(caller: Caller, action: StaffAction, input: OrderActionInput): Promise<Order> {
    caller.require('queue:work');
    const actorId = caller.requireId();
    return this.database.transaction(async (tx) => {
      const order = await lockOrder(tx, input.orderId);
      caller.requireAt('queue:work', order.cafeId);
      await this.step(tx, order, STAFF_ACTIONS[action], input, actorId);
      const details = input.reason ?? null;
      publishPrivilegedWrite(tx, {
        actorId,
        action: `orders.${action}`,
        target: `Order:${order.id}`,
        details,
        at: this.clock.now(),
      });
      return order;
    });
  }

  /** The customer does not want it any more. */
  cancel(caller: Caller, input: OrderActionInput): Promise<Order> {
    const actorId = caller.requireId();
    return this.database.transaction(async (tx) => {
      const order = await lockOrder(tx, input.orderId);
      if (!caller.is(order.customerId)) throw forbidden('This order is not yours.');
      await this.step(tx, order, 'CANCELLED_BY_CUSTOMER', input, actorId);
      return order;
    });
  }

  private async step(
    tx: Transaction,
    order: Order,
    fact: OrderFact,
    { expectedVersion, reason }: OrderActionInput,
    actorId: string,
  ): Promise<void> {
    if (typeof expectedVersion === 'number' && expectedVersion !== order.version) {
      const message = `The order has changed meanwhile: it is ${order.status} now.`;
      throw refused('VERSION_CONFLICT', message, ['expectedVersion']);
    }
    const detail = reason?.trim() || null;
    if (await this.advance.run(tx, order, fact, { actorId, detail })) return;
    throw refused('INVALID_STATE', `The order is ${order.status}; this cannot be done now.`, [
      'orderId',
    ]);
  }
}

/** The order, locked; an unknown one is refused with NOT_FOUND. */
export async function lockOrder(tx: Transaction, orderId: string): Promise<Order> {
  const order = await tx.lock(Order, orderId);
  if (!order) throw refused('NOT_FOUND', 'There is no such order.', ['orderId']);
  return order;
}
