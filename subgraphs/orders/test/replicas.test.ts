import {
  closeTestSubgraphs,
  createTestSubgraph,
  takesNothing,
  type TestSubgraph,
} from '@crema/kit/testing';
import { orders } from '../src/subgraph.ts';
import { type Json } from './order-json.ts';
import { ann, ASTORIA, barista } from './people.ts';
import { createTestOrders, eventsOf, type TestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const ORDER = `subscription ($id: ID!, $after: String) {
  orderStatusChanged(orderId: $id, after: $after) { eventId status } }`;
const CAFE = `subscription ($id: ID!, $after: String) {
  cafeQueueChanged(cafeId: $id, after: $after) { eventId status previousStatus order { id } } }`;
const START = `mutation ($input: OrderActionInput!) {
  startPreparing(input: $input) { userErrors { code } } }`;

/** Two processes of orders: one does the work that comes by events, both answer. */
async function createTwo() {
  const shop = await createTestOrders({ isShared: true });
  return { shop, other: await createTestSubgraph(orders, { replicaOf: shop }) };
}

const take = async (events: ReturnType<typeof eventsOf>, count: number): Promise<Json[]> => {
  const taken: Json[] = [];
  while (taken.length < count) taken.push((await events.next())!);
  return taken;
};

/** A café's queue as one process tells it, past its history: what comes now has to be told live. */
const openQueue = async (at: TestSubgraph, shop: TestOrders) => {
  const queue = eventsOf(await at.watch(barista, CAFE, { id: ASTORIA }));
  const told = take(queue, 3);
  await shop.orderIn('CONFIRMED');
  expect((await told).map(({ status }) => status)).toEqual(['PLACED', 'RESERVED', 'CONFIRMED']);
  return queue;
};

const collect = async (shop: TestOrders, id: string) => {
  await shop.reserved(id);
  await shop.captured(id, 408);
  for (const step of ['startPreparing', 'markReady', 'markCollected']) await shop.act(step, id);
};

describe('live updates of two processes', () => {
  it("tell an order's whole way to who listens at the other, and end", async () => {
    const { shop, other } = await createTwo();
    const { id } = await shop.orderIn('PLACED');
    const live = eventsOf(await other.watch(ann, ORDER, { id }));
    expect(await live.next()).toMatchObject({ status: 'PLACED' });
    await collect(shop, id);
    const told = await take(live, 5);
    expect(told.map(({ status }) => status)).toEqual([
      'RESERVED',
      'CONFIRMED',
      'PREPARING',
      'READY',
      'COLLECTED',
    ]);
    expect(await live.next()).toBeNull();
  });

  it('go on after a position that was told elsewhere', async () => {
    const { shop, other } = await createTwo();
    const { id } = await shop.orderIn('RESERVED');
    const here = eventsOf(await shop.watch(ann, ORDER, { id }));
    const { eventId } = (await here.next())!;
    const there = eventsOf(await other.watch(ann, ORDER, { id, after: eventId }));
    await shop.captured(id, 408);
    expect(await there.next()).toMatchObject({ status: 'CONFIRMED' });
  });

  it("tell a café's queue everything once and in order at both, whoever made the change", async () => {
    const { shop, other } = await createTwo();
    const [one, two, three] = await Promise.all([
      shop.orderIn('CONFIRMED'),
      shop.orderIn('CONFIRMED'),
      shop.orderIn('CONFIRMED'),
    ]);
    const [here, there] = [await openQueue(shop, shop), await openQueue(other, shop)];
    await take(here, 3);
    const start = (orderId: string) => other.ask(barista, START, { input: { orderId } });
    await start(one.id);
    await shop.act('startPreparing', two.id);
    await start(three.id);
    await shop.act('markReady', one.id);
    await shop.settle();
    for (const queue of [here, there]) {
      const told = await take(queue, 4);
      expect(told.map(({ order }) => (order as Json)['id'])).toEqual([
        one.id,
        two.id,
        three.id,
        one.id,
      ]);
      const positions = told.map(({ eventId }) => Number(eventId));
      expect(positions).toEqual(positions.map((_, index) => positions[0]! + index));
    }
  });

  it("tell that a pickup order's time has come", async () => {
    const { shop, other } = await createTwo();
    const pickupAt = new Date(shop.clock.now().getTime() + 2 * 3_600_000).toISOString();
    const { id } = await shop.orderIn('CONFIRMED', { pickupAt });
    const queue = await openQueue(other, shop);
    await shop.pass(2 * 3_600_000);
    expect(await queue.next()).toMatchObject({
      status: 'CONFIRMED',
      previousStatus: 'CONFIRMED',
      order: { id },
    });
  });

  it('outlive who is killed between its commit and telling of it', async () => {
    const { shop } = await createTwo();
    const { id } = await shop.orderIn('CONFIRMED');
    const live = eventsOf(await shop.watch(ann, ORDER, { id }));
    expect(await live.next()).toMatchObject({ status: 'CONFIRMED' });
    const queue = await openQueue(shop, shop);

    const killed = await createTestSubgraph(orders, { replicaOf: shop, through: takesNothing });
    const answer = await killed.ask(barista, START, { input: { orderId: id } });
    expect(answer.errors).toBeUndefined();
    await killed.close();

    await shop.settle();
    expect(await live.next()).toMatchObject({ status: 'PREPARING' });
    expect(await queue.next()).toMatchObject({ status: 'PREPARING' });
  });
});
