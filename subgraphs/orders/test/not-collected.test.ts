import { OrderClosed } from '@crema/schema/events';
import { closeTestSubgraphs, createTestSubgraph, type TestSubgraph } from '@crema/kit/testing';
import { Order } from '../src/entities/order.ts';
import { orders } from '../src/subgraph.ts';
import { usd } from './menu.ts';
import { ann, barista } from './people.ts';
import { createTestOrders, eventsOf } from './support.ts';

afterEach(closeTestSubgraphs);

const MINUTE = 60_000;
const env = { NOT_COLLECTED_MINUTES: '30' };
const STATUS = `subscription ($id: ID!) {
  orderStatusChanged(orderId: $id) { status order { closedReason timeline { reason } } } }`;

const runJobs = async ({ running }: TestSubgraph) => {
  for (const job of running.subgraph.jobs) await job.run();
};

describe('an order that nobody comes for', () => {
  it('closes after its time; it was made, so the money and what it took stay', async () => {
    const shop = await createTestOrders({ env });
    const { id } = await shop.orderIn('READY');
    await shop.pass(29 * MINUTE);
    expect(await shop.see(id)).toMatchObject({ status: 'READY' });
    await shop.pass(MINUTE);
    expect(await shop.see(id)).toMatchObject({
      status: 'CANCELLED',
      closedReason: 'NOT_COLLECTED',
      refunded: { amount: '0.00' },
    });
    expect(await shop.published(OrderClosed)).toMatchObject([
      {
        data: {
          status: 'CANCELLED',
          reason: 'NOT_COLLECTED',
          message: expect.stringContaining('nobody came for it'),
          refundDue: false,
          wasConfirmed: true,
          total: usd(408),
        },
      },
    ]);
  });

  it('is told to its customer, who may be watching', async () => {
    const shop = await createTestOrders({ env });
    const { id } = await shop.orderIn('READY');
    const live = eventsOf(await shop.watch(ann, STATUS, { id }));
    expect(await live.next()).toMatchObject({ status: 'READY' });
    await shop.pass(30 * MINUTE);
    expect(await live.next()).toEqual({
      status: 'CANCELLED',
      order: {
        closedReason: 'NOT_COLLECTED',
        timeline: expect.arrayContaining([
          { reason: expect.stringContaining('Please talk to the café') },
        ]),
      },
    });
    expect(await live.next()).toBeNull();
  });

  it('has its time counted anew after a recall', async () => {
    const shop = await createTestOrders({ env });
    const { id } = await shop.orderIn('READY');
    await shop.pass(20 * MINUTE);
    await shop.act('recallOrder', id);
    await shop.pass(20 * MINUTE);
    expect(await shop.see(id)).toMatchObject({ status: 'PREPARING' });
    await shop.act('markReady', id);
    await shop.pass(20 * MINUTE);
    expect(await shop.see(id)).toMatchObject({ status: 'READY' });
    await shop.pass(10 * MINUTE);
    expect(await shop.see(id)).toMatchObject({ closedReason: 'NOT_COLLECTED' });
  });

  it('is closed once by whoever is there when its time comes, one process or several', async () => {
    const shop = await createTestOrders({ env, isShared: true });
    const replicas = await Promise.all(
      [1, 2].map(() => createTestSubgraph(orders, { replicaOf: shop, env })),
    );
    const made = [await shop.orderIn('READY'), await shop.orderIn('READY')];
    const collected = await shop.orderIn('READY');
    await shop.act('markCollected', collected.id);
    shop.clock.advance(30 * MINUTE);
    await Promise.all([shop, ...replicas].map(runJobs));
    expect((await shop.published(OrderClosed)).map(({ key }) => key).sort()).toEqual(
      made.map(({ id }) => id).sort(),
    );
    for (const { id } of made) {
      expect((await shop.see(id)).timeline.map(({ status }) => status).slice(-2)).toEqual([
        'READY',
        'CANCELLED',
      ]);
    }
  });

  it('is closed by the process that comes up after its time had come', async () => {
    const shop = await createTestOrders({ env, isShared: true });
    const { id } = await shop.orderIn('READY');
    shop.clock.advance(2 * 60 * MINUTE);
    const restarted = await createTestSubgraph(orders, { replicaOf: shop, env });
    await runJobs(restarted);
    await shop.settle();
    expect(await shop.see(id)).toMatchObject({ closedReason: 'NOT_COLLECTED' });
  });

  it('loses against a barista who hands it over at the same moment, or wins, but never both', async () => {
    const shop = await createTestOrders({ env });
    const { id } = await shop.orderIn('READY');
    shop.clock.advance(30 * MINUTE);
    const [{ userErrors }] = await Promise.all([
      shop.act('markCollected', id, barista),
      runJobs(shop),
    ]);
    const { status } = await shop.see(id);
    expect(status).toBe(userErrors.length === 0 ? 'COLLECTED' : 'CANCELLED');
    expect(await shop.published(OrderClosed)).toHaveLength(userErrors.length);
  });

  it('closes though another that is due cannot be decided on', async () => {
    const shop = await createTestOrders({ env });
    const broken = await shop.orderIn('READY');
    const { id } = await shop.orderIn('READY');
    // What no fact can be made of.
    await shop.running.database!.transaction((tx) => {
      tx.update(Order, broken.id, { customerId: '' });
      return Promise.resolve();
    });
    await shop.pass(30 * MINUTE);
    expect(await shop.see(id)).toMatchObject({ closedReason: 'NOT_COLLECTED' });
    expect(await shop.see(broken.id)).toMatchObject({ status: 'READY' });
  });
});
