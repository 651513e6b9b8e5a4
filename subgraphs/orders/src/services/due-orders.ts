import type { Clock, Database, Logger, Transaction } from '@crema/kit';
import type { OrdersConfig } from '../config.ts';
import { Order } from '../entities/order.ts';
import { OrderStatus } from '../entities/order-status.ts';
import type { AdvanceOrder } from './advance-order.ts';

const AT_ONCE = 200;
/** Facts are carried within milliseconds; when one has waited for so long, nobody takes them. */
const AWAY_AFTER_MS = 3_000;

/**
 * Does what the clock decides: deadlines, a pickup order's time on the queue, orders that nobody came for.
 * While the event log is away nobody can answer an order: its deadline is counted anew from when the log is back.
 */
export class DueOrders {
  private lastAwayAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly advance: AdvanceOrder,
    private readonly database: Database,
    private readonly config: OrdersConfig,
    private readonly system: { clock: Clock; log: Logger },
  ) {}

  /** An order that cannot be decided on keeps no other waiting; it is tried again with the next run. */
  async run(): Promise<void> {
    await this.lookForTheLog();
    for (;;) {
      const due = await this.find();
      let failed = 0;
      for (const { id } of due) {
        try {
          await this.decide(id);
        } catch (error) {
          failed++;
          this.system.log.error({ orderId: id, err: error }, 'an order that is due stays as it is');
        }
      }
      if (due.length < AT_ONCE || failed > 0) return;
    }
  }

  private async lookForTheLog(): Promise<void> {
    const since = await this.database.outbox.waitingSince();
    const now = this.system.clock.now().getTime();
    if (since && now - since.getTime() > AWAY_AFTER_MS) this.lastAwayAt = now;
  }

  private find(): Promise<{ id: string }[]> {
    return this.database.read
      .createQueryBuilder(Order, 'o')
      .select('o.id', 'id')
      .where('o.dueAt <= :now', { now: this.system.clock.now().getTime() })
      .orderBy('o.dueAt', 'ASC')
      .limit(AT_ONCE)
      .getRawMany();
  }

  private decide(id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const order = await tx.lock(Order, id);
      // Another replica, or a fact, may have been first.
      if (!order?.dueAt || order.dueAt > this.system.clock.now()) return;
      switch (order.status) {
        case OrderStatus.PLACED:
        case OrderStatus.RESERVED:
          return this.passDeadline(tx, order);
        case OrderStatus.CONFIRMED:
          return this.advance.appear(tx, order);
        case OrderStatus.READY:
          await this.advance.run(tx, order, 'NOT_COLLECTED_IN_TIME');
          return;
        default:
          return;
      }
    });
  }

  private async passDeadline(tx: Transaction, order: Order): Promise<void> {
    const restsUntil = this.lastAwayAt + this.config.deadlineMs;
    if (this.system.clock.now().getTime() < restsUntil) {
      tx.update(Order, order.id, { dueAt: new Date(restsUntil) });
      return;
    }
    await this.advance.run(tx, order, 'DEADLINE_PASSED');
  }
}
