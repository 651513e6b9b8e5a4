import { closeTestSubgraphs, createTestSubgraph } from '@crema/kit/testing';
import { orders } from '../src/subgraph.ts';
import { latte, type Json } from './order-json.ts';
import { ann, bob } from './people.ts';
import { createTestOrders, eventsOf } from './support.ts';

afterEach(closeTestSubgraphs);

const ESTIMATE =
  'subscription ($id: ID!) { orderEstimateChanged(orderId: $id) { id status estimatedReadyAt } }';
const env = { PREPARATION_SECONDS_PER_ITEM: '60' };
const MINUTE = 60_000;

/** The next that has this status; estimates may be told before it. */
async function until(live: ReturnType<typeof eventsOf>, status: string): Promise<Json | null> {
  for (;;) {
    const event = await live.next();
    if (event === null || event['status'] === status) return event;
  }
}

describe('the live estimate of an order', () => {
  it('is told at once and whenever what happens at the café moves it, until the order ends', async () => {
    const shop = await createTestOrders({ env });
    const before = await shop.orderIn('CONFIRMED', { lines: [latte(4)] });
    const { id } = await shop.orderIn('CONFIRMED');
    const live = eventsOf(await shop.watch(ann, ESTIMATE, { id }));
    expect(await live.next()).toEqual({
      id,
      status: 'CONFIRMED',
      estimatedReadyAt: '2026-03-02T15:05:00.000Z',
    });
    // What is ordered later moves nothing; what was before and is gone does.
    await shop.orderIn('CONFIRMED');
    await shop.act('cancelOrder', before.id, ann);
    expect(await live.next()).toMatchObject({ estimatedReadyAt: '2026-03-02T15:01:00.000Z' });

    shop.clock.advance(3 * MINUTE);
    await shop.act('startPreparing', id);
    expect(await until(live, 'PREPARING')).toMatchObject({
      estimatedReadyAt: '2026-03-02T15:04:00.000Z',
    });
    shop.clock.advance(5 * MINUTE);
    await shop.act('markReady', id);
    expect(await until(live, 'READY')).toMatchObject({
      estimatedReadyAt: '2026-03-02T15:08:00.000Z',
    });
    await shop.act('markCollected', id);
    expect(await live.next()).toMatchObject({ status: 'COLLECTED' });
    expect(await live.next()).toBeNull();
  });

  it('tells of what another process did', async () => {
    const shop = await createTestOrders({ env, isShared: true });
    const other = await createTestSubgraph(orders, { replicaOf: shop, env });
    const before = await shop.orderIn('CONFIRMED', { lines: [latte(4)] });
    const { id } = await shop.orderIn('CONFIRMED');
    const live = eventsOf(await other.watch(ann, ESTIMATE, { id }));
    expect(await live.next()).toMatchObject({ estimatedReadyAt: '2026-03-02T15:05:00.000Z' });
    await shop.act('cancelOrder', before.id, ann);
    await shop.settle();
    expect(await live.next()).toMatchObject({ estimatedReadyAt: '2026-03-02T15:01:00.000Z' });
    await live.leave();
  });

  it('tells once of what has ended, and nothing to who may not see the order', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('COLLECTED');
    const live = eventsOf(await shop.watch(ann, ESTIMATE, { id }));
    expect(await live.next()).toMatchObject({ status: 'COLLECTED' });
    expect(await live.next()).toBeNull();
    for (const [caller, orderId, code] of [
      [null, id, 'UNAUTHENTICATED'],
      [bob, id, 'FORBIDDEN'],
      [ann, 'nope', 'NOT_FOUND'],
    ] as const) {
      const refused = await shop.watch(caller, ESTIMATE, { id: orderId });
      const { value } = await refused.next();
      expect(value!.errors![0]!.extensions).toMatchObject({ code });
    }
  });
});
