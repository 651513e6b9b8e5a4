import type { Clock, Logger, Transaction } from '@crema/kit';
import type { OrdersConfig } from '../config.ts';
import type { CafeDesk } from '../entities/cafe-desk.ts';
import { OrderLine } from '../entities/order-line.ts';
import { Order } from '../entities/order.ts';
import { OrderStatus } from '../entities/order-status.ts';
import { announce, announceQueued } from '../events/order-facts.ts';
import type { CafeDesks } from './cafe-desks.ts';
import { closedMessage } from './closed-messages.ts';
import type { OrderHistory } from './order-history.ts';
import { isFinal, stepOf, type OrderFact, type Step } from './order-life.ts';
import { handsOf } from './pace.ts';
import type { PickupSlots } from './pickup-slots.ts';
import { isPaidBack, promiseRest } from './promise-refund.ts';

export interface Cause {
  /** Who decided it; null for the system. */
  readonly actorId?: string | null;
  /** What they had to say, for the customer to read. */
  readonly detail?: string | null;
}

export const linesOf = async (tx: Transaction, orderId: string): Promise<OrderLine[]> =>
  (await tx.findMany(OrderLine, [orderId], { by: 'orderId' })).sort(
    (a, b) => a.position - b.position,
  );

/** Takes an order one step through its life, with everything that belongs to the step. */
export class AdvanceOrder {
  private readonly ignored = new Map<string, number>();

  constructor(
    private readonly parts: { desks: CafeDesks; history: OrderHistory; slots: PickupSlots },
    private readonly config: OrdersConfig,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** The order must be locked. False when the fact changes nothing in its present status. */
  async run(tx: Transaction, order: Order, fact: OrderFact, cause: Cause = {}): Promise<boolean> {
    const step = stepOf(order.status, fact);
    if (!step) {
      this.ignore(order, fact);
      return false;
    }
    const at = this.clock.now();
    const previousStatus = order.status;
    // Before the desk, as placing does: locks are taken in one order.
    if (step.closedReason && order.slotId)
      await this.parts.slots.giveBack(tx, order.slotId, order.items);
    const desk = await this.parts.desks.lock(tx, order.cafeId);
    this.take(step, order, desk, at);
    if (order.status === OrderStatus.CONFIRMED) await this.enqueue(tx, order, desk, at);
    const { closedReason } = step;
    const message = closedReason ? closedMessage(closedReason, order, cause.detail ?? null) : null;
    if (isPaidBack(order)) {
      promiseRest(tx, order, { reason: message!, actorId: cause.actorId ?? null, at });
    }

    this.keep(tx, order);
    this.parts.history.record(tx, {
      cafeId: order.cafeId,
      position: desk.nextPosition(),
      orderId: order.id,
      version: order.version,
      status: order.status,
      previousStatus,
      at,
      actorId: cause.actorId ?? null,
      reason: message ?? cause.detail ?? null,
    });
    this.parts.desks.keep(tx, desk);
    await announce(tx, step.announces, order, {
      at,
      message: message ?? '',
      detail: cause.detail ?? null,
      lines: () => linesOf(tx, order.id),
    });
    return true;
  }

  /** Tells the queue that it is time for a pickup order. */
  async appear(tx: Transaction, order: Order): Promise<void> {
    const at = this.clock.now();
    const desk = await this.parts.desks.lock(tx, order.cafeId);
    order.dueAt = null;
    tx.update(Order, order.id, { dueAt: null });
    this.parts.history.record(tx, {
      cafeId: order.cafeId,
      position: desk.nextPosition(),
      orderId: order.id,
      version: order.version,
      status: order.status,
      previousStatus: order.status,
      at,
      actorId: null,
      reason: null,
    });
    this.parts.desks.keep(tx, desk);
    announceQueued(tx, order, at);
  }

  private take({ to, closedReason }: Step, order: Order, desk: CafeDesk, at: Date): void {
    if (order.status === OrderStatus.PREPARING) desk.end();
    order.status = to;
    order.version++;
    order.dueAt = null;
    switch (to) {
      case OrderStatus.RESERVED:
        order.dueAt = new Date(order.placedAt.getTime() + this.config.deadlineMs);
        break;
      case OrderStatus.CONFIRMED:
        order.confirmedAt = at;
        break;
      case OrderStatus.PREPARING:
        order.startedAt = at;
        desk.begin();
        if (!order.queueAt || order.queueAt > at) order.queueAt = at;
        break;
      case OrderStatus.READY:
        // After a recall the time tells nothing of the café's pace.
        if (!order.readyAt && order.startedAt) {
          desk.measure(at.getTime() - order.startedAt.getTime(), order.items);
        }
        order.readyAt ??= at;
        order.dueAt = this.collectBy(order, at);
        break;
      default:
        break;
    }
    if (!isFinal(to)) return;
    order.queueAt = null;
    order.closedReason = closedReason;
  }

  /**
   * Gives it a time on the queue: now, or as late as its pickup time allows. Who comes later to a slot begins
   * before those who were there, so that the café is done with all of them in time.
   */
  private async enqueue(tx: Transaction, order: Order, desk: CafeDesk, at: Date): Promise<void> {
    const { pickupAt, slotId, items } = order;
    order.queueAt = at;
    if (!pickupAt) return;
    const inSlot = slotId ? await this.parts.slots.itemsIn(tx, slotId) : items;
    const workMs = Math.max(items, inSlot / handsOf(desk)) * desk.msPerItem;
    const from = pickupAt.getTime() - this.config.pickupLeadMs - Math.round(workMs);
    order.queueAt = new Date(Math.max(from, at.getTime()));
    if (order.queueAt > at) order.dueAt = order.queueAt;
  }

  private collectBy({ pickupAt }: Order, at: Date): Date {
    const from = Math.max(at.getTime(), pickupAt?.getTime() ?? 0);
    return new Date(from + this.config.notCollectedMs);
  }

  private keep(tx: Transaction, order: Order): void {
    const { version, status, dueAt, queueAt, confirmedAt, startedAt, readyAt } = order;
    const { closedReason, paidMinor, refundDueMinor } = order;
    tx.update(Order, order.id, {
      version,
      status,
      dueAt,
      queueAt,
      confirmedAt,
      startedAt,
      readyAt,
      closedReason,
      paidMinor,
      refundDueMinor,
    });
  }

  private ignore({ id, status }: Order, fact: OrderFact): void {
    const pair = `${status}:${fact}`;
    const times = (this.ignored.get(pair) ?? 0) + 1;
    this.ignored.set(pair, times);
    this.log.info({ orderId: id, status, fact, times }, 'a fact changed nothing');
  }
}
