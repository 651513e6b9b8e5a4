import { createLiveFeed, type Database, type LiveFeed } from '@crema/kit';
import type { OrderChange } from '../src/entities/order-change.ts';
import { Order } from '../src/entities/order.ts';
import { OrderStatus } from '../src/entities/order-status.ts';
import { OrderHistory, cafeTopic, orderTopic } from '../src/services/order-history.ts';

/** Counts who listens. */
function countedFeed() {
  const feed = createLiveFeed<OrderChange>();
  const state = { listening: 0 };
  const counted: LiveFeed<OrderChange> = {
    ...feed,
    subscribe(topic) {
      const subscription = feed.subscribe(topic);
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
  return { feed: counted, state };
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
const order = Object.assign(new Order(), { id: 'order' });

describe('a live subscriber', () => {
  it('is forgotten at once when it leaves while it waits', async () => {
    const { feed, state } = countedFeed();
    const history = new OrderHistory(nothingKept, feed);
    for (const follow of [
      () => history.followOrder(order, null),
      () => history.followCafe('cafe', null),
    ]) {
      const updates = follow();
      const waiting = updates.next();
      expect(state.listening).toBe(1);
      await updates.return!();
      expect(await waiting).toEqual({ value: undefined, done: true });
      expect(state.listening).toBe(0);
    }
  });

  it('is told of what happens before it asks for it', async () => {
    const { feed } = countedFeed();
    const updates = new OrderHistory(nothingKept, feed).followCafe('cafe', null);
    feed.publish(cafeTopic('cafe'), change(1, OrderStatus.PLACED));
    feed.publish(cafeTopic('cafe'), change(2, OrderStatus.RESERVED));
    expect((await updates.next()).value).toMatchObject({ position: 1 });
    expect((await updates.next()).value).toMatchObject({ position: 2 });
    await updates.return!();
  });

  it('leaves by itself after a final status', async () => {
    const { feed, state } = countedFeed();
    const updates = new OrderHistory(nothingKept, feed).followOrder(order, null);
    feed.publish(orderTopic('order'), change(1, OrderStatus.CANCELLED));
    expect((await updates.next()).value).toMatchObject({ status: 'CANCELLED' });
    expect(await updates.next()).toMatchObject({ done: true });
    expect(state.listening).toBe(0);
  });
});
