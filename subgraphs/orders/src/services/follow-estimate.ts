import { leavingAtOnce, type Database, type LiveSubscription } from '@crema/kit';
import type { OrderChange } from '../entities/order-change.ts';
import { Order } from '../entities/order.ts';
import type { CafeQueue } from './cafe-queue.ts';
import { readyAtOf } from './estimate-ready.ts';
import type { OrderHistory } from './order-history.ts';
import { isFinal } from './order-life.ts';
import type { Schedule } from './schedule-queue.ts';

/** Less than that is not worth telling. */
const WORTH_TELLING_MS = 60_000;

/** Tells when an order will be ready, anew whenever what happens at its café moves that. */
export class FollowEstimate {
  /** What became of a café's queue with its latest change: the same for all who wait there. */
  private readonly latest = new Map<string, { position: number; schedule: Promise<Schedule> }>();

  constructor(
    private readonly database: Database,
    private readonly history: OrderHistory,
    private readonly queue: CafeQueue,
  ) {}

  /** The order as it is, then with each of its steps and whenever its estimate has moved by a minute. */
  async follow(order: Order): Promise<LiveSubscription<Order>> {
    const changes = await this.history.followCafe(order.cafeId, null);
    return leavingAtOnce(changes, this.moves(order.id, changes));
  }

  private async *moves(
    orderId: string,
    changes: LiveSubscription<OrderChange>,
  ): AsyncGenerator<Order, void, undefined> {
    try {
      let order = await this.read(orderId);
      let told = readyAtOf(order, await this.queue.scheduleOf(order.cafeId));
      yield order;
      if (isFinal(order.status)) return;
      for await (const change of changes) {
        const isOwn = change.orderId === orderId;
        if (isOwn) order = await this.read(orderId);
        const estimate = readyAtOf(order, await this.scheduleAfter(change));
        if (!isOwn && !isWorthTelling(told, estimate)) continue;
        told = estimate;
        yield order;
        if (isFinal(order.status)) return;
      }
    } finally {
      await changes.return();
    }
  }

  private async read(orderId: string): Promise<Order> {
    const [order] = await this.database.findMany(Order, [orderId]);
    return order!;
  }

  private scheduleAfter({ cafeId, position }: OrderChange): Promise<Schedule> {
    const known = this.latest.get(cafeId);
    if (known && known.position >= position) return known.schedule;
    const schedule = this.queue.scheduleOf(cafeId);
    this.latest.set(cafeId, { position, schedule });
    return schedule;
  }
}

const isWorthTelling = (told: Date | null, estimate: Date | null): boolean =>
  told === null || estimate === null
    ? told !== estimate
    : Math.abs(estimate.getTime() - told.getTime()) >= WORTH_TELLING_MS;
