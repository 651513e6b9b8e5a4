import {
  leavingAtOnce,
  refused,
  resume,
  type Database,
  type LiveFeed,
  type LiveSubscription,
  type Transaction,
} from '@crema/kit';
import { OrderChange } from '../entities/order-change.ts';
import type { Order } from '../entities/order.ts';
import { isFinal } from './order-life.ts';

const PAGE = 500;

type Live = LiveSubscription<OrderChange>;

export const orderTopic = (orderId: string): string => `order:${orderId}`;
export const cafeTopic = (cafeId: string): string => `cafe:${cafeId}`;

/** Whether the order took a step; otherwise only its time on the queue has come. */
export const isStep = ({ status, previousStatus }: OrderChange): boolean =>
  status !== previousStatus;

const positionOf = ({ position }: OrderChange): number => position;

/** Every change of every order, kept and told: the one place that live updates come from. */
export class OrderHistory {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed<OrderChange>,
  ) {}

  /** Keeps a change with its transaction and tells it after the commit. */
  record(tx: Transaction, change: OrderChange): void {
    tx.insert(OrderChange, change);
    tx.afterCommit(() => {
      if (isStep(change)) this.live.publish(orderTopic(change.orderId), change);
      this.live.publish(cafeTopic(change.cafeId), change);
    });
  }

  /** The latest change and all that follow, or all after a position; ends with a final status. */
  followOrder(order: Order, after: number | null): AsyncIterableIterator<OrderChange> {
    const live = this.live.subscribe(orderTopic(order.id));
    return leavingAtOnce(live, this.orderChanges(order, after, live));
  }

  /** All changes at a café from now on, or after a position. Never ends. */
  followCafe(cafeId: string, after: number | null): AsyncIterableIterator<OrderChange> {
    const live = this.live.subscribe(cafeTopic(cafeId));
    return leavingAtOnce(live, this.cafeChanges(cafeId, after, live));
  }

  private async *orderChanges(order: Order, after: number | null, live: Live) {
    const history = async () => {
      const steps = (await this.ofOrder(order.id)).filter(isStep);
      const latest = steps.at(-1);
      // What is over has nothing more to tell than its history.
      if (latest && isFinal(latest.status)) void live.return();
      if (after === null) return latest ? [latest] : [];
      return steps.filter(({ position }) => position > after);
    };
    for await (const change of resume(live, history, positionOf)) {
      yield change;
      if (isFinal(change.status)) return;
    }
  }

  private async *cafeChanges(cafeId: string, after: number | null, live: Live) {
    if (after === null) return yield* resume(live, async () => [], positionOf);
    let seen = after;
    let page = await this.ofCafe(cafeId, seen);
    while (page.length === PAGE) {
      yield* page;
      seen = page.at(-1)!.position;
      page = await this.ofCafe(cafeId, seen);
    }
    for await (const change of resume(live, async () => page, positionOf)) {
      if (change.position > seen) yield change;
    }
  }

  private async ofOrder(orderId: string): Promise<OrderChange[]> {
    const changes = await this.database.findMany(OrderChange, [orderId], { by: 'orderId' });
    return changes.sort((a, b) => a.position - b.position);
  }

  private ofCafe(cafeId: string, after: number): Promise<OrderChange[]> {
    return this.database.read
      .createQueryBuilder(OrderChange, 'change')
      .where('change.cafeId = :cafeId AND change.position > :after', { cafeId, after })
      .orderBy('change.position', 'ASC')
      .limit(PAGE)
      .getMany();
  }
}

/** Reads the position that a client has seen last; anything else is refused, naming `after`. */
export function readPosition(after: string | null | undefined): number | null {
  if (after === null || after === undefined) return null;
  const position = /^\d{1,16}$/.test(after) ? Number(after) : Number.NaN;
  if (!Number.isSafeInteger(position)) {
    throw refused('INVALID_INPUT', 'after must be the eventId of an event already seen.', [
      'after',
    ]);
  }
  return position;
}
