import {
  leavingAtOnce,
  refused,
  waking,
  type Database,
  type LiveSubscription,
  type LiveUpdates,
  type ResumableFeed,
  type Transaction,
} from '@crema/kit';
import {
  OrderClosed,
  OrderCollected,
  OrderConfirmed,
  OrderPaymentDue,
  OrderPlaced,
  OrderPreparing,
  OrderQueued,
  OrderReady,
  OrderRecalled,
} from '@crema/schema/events';
import { CafeDesk } from '../entities/cafe-desk.ts';
import { OrderChange } from '../entities/order-change.ts';
import type { Order } from '../entities/order.ts';
import { isFinal } from './order-life.ts';

const PAGE = 500;

export const orderTopic = (orderId: string): string => `order:${orderId}`;
export const cafeTopic = (cafeId: string): string => `cafe:${cafeId}`;

/** Whether the order took a step; otherwise only its time on the queue has come. */
export const isStep = ({ status, previousStatus }: OrderChange): boolean =>
  status !== previousStatus;

const positionOf = ({ position }: OrderChange): number => position;

/** Each change is published as one of these. */
const wakings = [
  OrderPlaced,
  OrderPaymentDue,
  OrderConfirmed,
  OrderQueued,
  OrderPreparing,
  OrderReady,
  OrderRecalled,
  OrderCollected,
  OrderClosed,
].map((contract) =>
  waking<{ cafeId: string }>(contract, ({ key, data }) => [
    orderTopic(key),
    cafeTopic(data.cafeId),
  ]),
);

/** Every change of every order, kept and told: the one place that live updates come from. */
export class OrderHistory {
  private readonly live: ResumableFeed<OrderChange>;
  private readonly isShared: boolean;

  constructor(
    private readonly database: Database,
    updates: LiveUpdates,
  ) {
    this.live = updates.resumable(wakings);
    this.isShared = updates.isShared;
  }

  /** Keeps a change with its transaction and tells it after the commit. */
  record(tx: Transaction, change: OrderChange): void {
    tx.insert(OrderChange, change);
    tx.afterCommit(() => {
      if (isStep(change)) this.live.publish(orderTopic(change.orderId), change);
      this.live.publish(cafeTopic(change.cafeId), change);
    });
  }

  /** The latest change and all that follow, or all after a position; ends with a final status. */
  followOrder(order: Order, after: number | null): LiveSubscription<OrderChange> {
    const first = () => (after === null ? this.latestOf(order.id) : this.ofOrder(order.id, after));
    // What is over has nothing more to tell than its history.
    if (isFinal(order.status)) return leavingAtOnce({}, first());
    const live = this.live.follow(orderTopic(order.id), {
      positionOf,
      from: after ?? -1,
      first,
      after: (position) => this.ofOrder(order.id, position),
    });
    return leavingAtOnce(live, untilFinal(live));
  }

  /** All changes at a café from now on, or after a position. Never ends. */
  async followCafe(cafeId: string, after: number | null): Promise<LiveSubscription<OrderChange>> {
    // Who only wakes up has to know where from.
    const from = after ?? (this.isShared ? await this.positionAt(cafeId) : null);
    return this.live.follow(cafeTopic(cafeId), {
      positionOf,
      from: from ?? -1,
      first: () => (from === null ? nothing() : this.ofCafe(cafeId, from)),
      after: (position) => this.ofCafe(cafeId, position),
    });
  }

  close(): void {
    this.live.close();
  }

  private async *latestOf(orderId: string): AsyncGenerator<OrderChange> {
    const latest = (await this.stepsOf(orderId)).at(-1);
    if (latest) yield latest;
  }

  private async *ofOrder(orderId: string, after: number): AsyncGenerator<OrderChange> {
    yield* (await this.stepsOf(orderId)).filter(({ position }) => position > after);
  }

  private async stepsOf(orderId: string): Promise<OrderChange[]> {
    const changes = await this.database.findMany(OrderChange, [orderId], { by: 'orderId' });
    return changes.filter(isStep).sort((a, b) => a.position - b.position);
  }

  private async *ofCafe(cafeId: string, after: number): AsyncGenerator<OrderChange> {
    for (let seen = after; ;) {
      const page = await this.database.read
        .createQueryBuilder(OrderChange, 'change')
        .where('change.cafeId = :cafeId AND change.position > :seen', { cafeId, seen })
        .orderBy('change.position', 'ASC')
        .limit(PAGE)
        .getMany();
      yield* page;
      if (page.length < PAGE) return;
      seen = page.at(-1)!.position;
    }
  }

  private async positionAt(cafeId: string): Promise<number> {
    const [desk] = await this.database.findMany(CafeDesk, [cafeId]);
    return desk?.position ?? 0;
  }
}

async function* nothing(): AsyncGenerator<never> {}

async function* untilFinal(
  changes: AsyncIterable<OrderChange>,
): AsyncGenerator<OrderChange, void, undefined> {
  for await (const change of changes) {
    yield change;
    if (isFinal(change.status)) return;
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
