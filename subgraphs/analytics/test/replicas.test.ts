import { stableId } from '@crema/kit';
import { closeTestSubgraphs, createTestSubgraph, takesNothing } from '@crema/kit/testing';
import { OrderConfirmed } from '@crema/schema/events';
import { analytics } from '../src/subgraph.ts';
import { admin, confirmed, createTestAnalytics, HARLEM, managerAt } from './support.ts';

afterEach(closeTestSubgraphs);

const WATCH = 'subscription { salesTicker { orders } }';
const AT = '2026-03-02T15:00:00.000Z';
const orders = (count: number) => ({ data: { salesTicker: { orders: count } } });

describe('the ticker of two processes', () => {
  it('tells each sale at either, whoever has booked it', async () => {
    const test = await createTestAnalytics({ isShared: true });
    await test.openCafe();
    await test.openCafe(HARLEM);
    const other = await createTestSubgraph(analytics, { replicaOf: test });
    const here = await test.watch(admin, WATCH);
    const there = await other.watch(admin, WATCH);
    const mine = await other.watch(managerAt(HARLEM), WATCH);
    await test.sell({ orderId: 'o1', at: AT });
    for (const live of [here, there]) expect((await live.next()).value).toEqual(orders(1));
    await test.sell({ orderId: 'o1', at: AT });
    await test.sell({ orderId: 'o2', at: AT, cafeId: HARLEM });
    for (const live of [here, there]) expect((await live.next()).value).toEqual(orders(2));
    expect((await mine.next()).value).toEqual(orders(1));
  });

  it('tells a sale although the process that booked it is killed', async () => {
    const test = await createTestAnalytics({ isShared: true });
    await test.openCafe();
    const live = await test.watch(admin, WATCH);
    const killed = await createTestSubgraph(analytics, { replicaOf: test, through: takesNothing });
    const { topic, type, version } = OrderConfirmed;
    const event = {
      id: stableId('confirmed'),
      type,
      version,
      topic,
      key: 'o1',
      source: 'orders',
      time: AT,
      data: confirmed({ orderId: 'o1', at: AT }),
    };
    const consumer = killed.running.subgraph.consumers.find(
      ({ contract }) => contract === OrderConfirmed,
    )!;
    if (consumer.apply.kind !== 'idempotent') throw new Error('documents have no transactions');
    await expect(consumer.apply.run(event)).rejects.toThrow('killed');
    await killed.close();

    await test.tell(OrderConfirmed, event.key, event.data, event.id);
    expect((await live.next()).value).toEqual(orders(1));
  });
});
