import { grouped, inOrder, Loader, type Clock, type Database } from '@crema/kit';
import type { OrdersConfig } from '../config.ts';
import { CafeDesk } from '../entities/cafe-desk.ts';
import { Order } from '../entities/order.ts';
import { OrderStatus } from '../entities/order-status.ts';
import { startingPace } from './pace.ts';
import { scheduleQueue, type Schedule } from './schedule-queue.ts';

/** A queue longer than this is not looked through to its end. */
const MOST_LOOKED_AT = 500;

/** A café's work: what to do next, and when what is ordered now would be ready. */
export class CafeQueue {
  /** What to work on now, in that order; a pickup order when its time has come. */
  readonly work: Loader<Order[]>;
  /** What becomes of the queue at the café's measured pace. */
  readonly schedules: Loader<Schedule>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: OrdersConfig,
  ) {
    this.work = new Loader((cafeIds) => this.readWork(cafeIds));
    this.schedules = new Loader((cafeIds) => this.readSchedules(cafeIds));
  }

  /** What becomes of one café's queue, outside of a request. */
  async scheduleOf(cafeId: string): Promise<Schedule> {
    const [schedule] = await this.readSchedules([cafeId]);
    return schedule!;
  }

  private async readWork(cafeIds: readonly string[]): Promise<Order[][]> {
    const orders = await this.queued(cafeIds)
      .andWhere('o.queueAt <= :now', { now: this.clock.now().getTime() })
      .getMany();
    return grouped(cafeIds, orders, ({ cafeId }) => cafeId);
  }

  private async readSchedules(cafeIds: readonly string[]): Promise<Schedule[]> {
    const rows: QueuedRow[] = await this.queued(cafeIds)
      .andWhere('o.status <> :ready', { ready: OrderStatus.READY })
      .select('o.id', 'id')
      .addSelect('o.cafeId', 'cafeId')
      .addSelect('o.items', 'items')
      .addSelect('o.status', 'status')
      .addSelect('o.queueAt', 'queueAt')
      .addSelect('o.startedAt', 'startedAt')
      .getRawMany();
    const desks = inOrder(cafeIds, await this.database.findMany(CafeDesk, cafeIds), ({ id }) => id);
    const now = this.clock.now().getTime();
    return grouped(cafeIds, rows, ({ cafeId }) => cafeId).map((queue, index) =>
      scheduleQueue(
        queue.map(({ id, items, status, queueAt, startedAt }) => ({
          id,
          items: Number(items),
          from: Number(queueAt),
          startedAt: status === OrderStatus.PREPARING ? Number(startedAt) : null,
        })),
        desks[index] ?? startingPace(this.config.startingMsPerItem),
        now,
      ),
    );
  }

  private queued(cafeIds: readonly string[]) {
    return this.database.read
      .createQueryBuilder(Order, 'o')
      .where('o.cafeId IN (:...cafeIds) AND o.queueAt > 0', { cafeIds: [...cafeIds] })
      .orderBy('o.queueAt', 'ASC')
      .addOrderBy('o.id', 'ASC')
      .limit(MOST_LOOKED_AT * cafeIds.length);
  }
}

interface QueuedRow {
  id: string;
  cafeId: string;
  items: number | string;
  status: string;
  queueAt: number | string;
  startedAt: number | string | null;
}
