import {
  localLiveUpdates,
  type Database,
  type History,
  type LiveUpdates,
  type ResumableFeed,
} from '@crema/kit';
import type { OrderChange } from '../src/entities/order-change.ts';
import { Order } from '../src/entities/order.ts';
import { OrderStatus } from '../src/entities/order-status.ts';
import { OrderHistory, cafeTopic, orderTopic } from '../src/services/order-history.ts';

/** Counts who listens. */
function countedFeed() {
  const feed: ResumableFeed<OrderChange> = localLiveUpdates.resumable([]);
  const state = { listening: 0 };
  const counted = {
    ...feed,
    follow(topic: string, history: History<OrderChange>) {
      const subscription = feed.follow(topic, history);
      let isHere = true;
      state.listening++;
      const leave = subscription.return.bind(subscription);
      subscription.return = () => {
        if (isHere) state.listening--;
        isHere = false;
        return leave();
      };
      return subscription;
    },
  };
  const updates: LiveUpdates = { ...localLiveUpdates, resumable: () => counted as never };
  return { feed, updates, state };
}

const change = (position: number, status: OrderStatus): OrderChange => ({
  cafeId: 'cafe',
  position,
  orderId: 'order',
  version: position,
  status,
  previousStatus: null,
  at: new Date(0),
  actorId: null,
  reason: null,
});

const nothingKept = { findMany: async () => [] } as unknown as Database;
const order = Object.assign(new Order(), { id: 'order', status: OrderStatus.PLACED });

describe('a live subscriber', () => {
  it('is forgotten at once when it leaves while it waits', async () => {
    const { updates: from, state } = countedFeed();
    const history = new OrderHistory(nothingKept, from);
    for (const follow of [
      () => history.followOrder(order, null),
      () => history.followCafe('cafe', null),
    ]) {
      const updates = await follow();
      const waiting = updates.next();
      expect(state.listening).toBe(1);
      await updates.return();
      expect(await waiting).toEqual({ value: undefined, done: true });
      expect(state.listening).toBe(0);
    }
  });

  it('is told of what happens before it asks for it', async () => {
    const { feed, updates: from } = countedFeed();
    const updates = await new OrderHistory(nothingKept, from).followCafe('cafe', null);
    feed.publish(cafeTopic('cafe'), change(1, OrderStatus.PLACED));
    feed.publish(cafeTopic('cafe'), change(2, OrderStatus.RESERVED));
    expect((await updates.next()).value).toMatchObject({ position: 1 });
    expect((await updates.next()).value).toMatchObject({ position: 2 });
    await updates.return();
  });

  it('leaves by itself after a final status', async () => {
    const { feed, updates: from, state } = countedFeed();
    const updates = new OrderHistory(nothingKept, from).followOrder(order, null);
    feed.publish(orderTopic('order'), change(1, OrderStatus.CANCELLED));
    expect((await updates.next()).value).toMatchObject({ status: 'CANCELLED' });
    expect(await updates.next()).toMatchObject({ done: true });
    expect(state.listening).toBe(0);
  });
});
