import type { Clock, Database } from '@crema/kit';
import { Order } from '../entities/order.ts';
import { OrderStatus } from '../entities/order-status.ts';
import type { AdvanceOrder } from './advance-order.ts';

const AT_ONCE = 200;

/** Does what the clock decides: deadlines, a pickup order's time on the queue, orders that nobody came for. */
export class DueOrders {
  constructor(
    private readonly advance: AdvanceOrder,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    for (;;) {
      const due = await this.find();
      for (const { id } of due) await this.decide(id);
      if (due.length < AT_ONCE) return;
    }
  }

  private find(): Promise<{ id: string }[]> {
    return this.database.read
      .createQueryBuilder(Order, 'o')
      .select('o.id', 'id')
      .where('o.dueAt <= :now', { now: this.clock.now().getTime() })
      .orderBy('o.dueAt', 'ASC')
      .limit(AT_ONCE)
      .getRawMany();
  }

  private decide(id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const order = await tx.lock(Order, id);
      // Another replica, or a fact, may have been first.
      if (!order?.dueAt || order.dueAt > this.clock.now()) return;
      switch (order.status) {
        case OrderStatus.PLACED:
        case OrderStatus.RESERVED:
          await this.advance.run(tx, order, 'DEADLINE_PASSED');
          return;
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
}
