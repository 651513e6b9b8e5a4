import { requirement, serviceUrl } from '@crema/check';
import { createCrema, SalesSummary, type Crema as Client } from '@crema/sdk';
import { newCustomer, newKey, place, signIn } from '../../standalone/test/support.ts';
import { chance, shuffled } from '../../standalone/test/chance.ts';
import { behind, checkBooks, ordersIn, readLog } from './books.ts';
import { startOwnServers, type OwnServers } from './own-servers.ts';
import { eventually, startTest, type TestDistributed } from './support.ts';

const ORDERS = 200;
const CUSTOMERS = 4;
/** Accepted between one blow and the next, so that every blow falls on orders under way. */
const ORDERS_BETWEEN_BLOWS = 12;
/** The states in which nothing is left to do but by a person. */
const AT_REST = ['CONFIRMED', 'PREPARING', 'READY', 'COLLECTED', 'REJECTED', 'CANCELLED'];
const NEEDED = ['mysql', 'mongodb', 'kafka', 'redis'] as const;
const hasServers = NEEDED.every((name) => serviceUrl(name) !== undefined);

requirement('services', hasServers)('processes and servers that go and come back', () => {
  let servers: OwnServers;
  let test: TestDistributed;
  let customers: Client[];

  beforeAll(async () => {
    servers = await startOwnServers('mysql');
    test = await startTest(servers);
    customers = await eventually(() =>
      Promise.all(Array.from({ length: CUSTOMERS }, () => newCustomer(test.url, '10000.00'))),
    );
    // Prices and opening hours come to orders by events.
    await eventually(async () => expect((await place(customers[0]!)).userErrors).toEqual([]));
  }, 300_000);

  afterAll(async () => {
    for (const customer of customers ?? []) await customer.close();
    await test?.remove();
    await servers?.remove();
  }, 120_000);

  it('take orders without Kafka, and carry them on within 10 s of its return', async () => {
    await servers.stop('kafka');
    const accepted: string[] = [];
    for (const customer of customers) {
      const { order, userErrors } = await place(customer);
      expect(userErrors).toEqual([]);
      accepted.push(order!.id);
    }
    await servers.start('kafka');
    const isBack = Date.now();

    await eventually(async () => {
      const orders = await ordersIn(test.scratch);
      const own = orders.filter(({ id }) => accepted.includes(id));
      expect(own.map(({ status }) => status)).toEqual(accepted.map(() => 'CONFIRMED'));
    }, 30_000);
    const seconds = (Date.now() - isBack) / 1_000;
    console.log(`carried on ${seconds.toFixed(1)} s after Kafka was back`);
    expect(seconds).toBeLessThan(10);
  }, 180_000);

  it('lose no order, no money and no stock, and apply each event once', async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`SEED=${seed} repeats the order of the blows`);
    const next = chance(seed);
    const kills = test.processes
      .filter(({ plan }) => plan.part !== 'router')
      .map((each) => ({ name: `kill -9 ${each.plan.name}`, strike: () => each.kill() }));
    const outages = (['kafka', 'mysql', 'redis'] as const).map((name) => ({
      name: `stop and start ${name}`,
      strike: async () => {
        await servers.stop(name);
        await new Promise((resolve) => setTimeout(resolve, next() * 3_000));
        await servers.start(name);
      },
    }));

    const flow = orderWithoutPause(test.url, customers);
    for (const { strike } of shuffled([...kills, ...outages], next)) {
      await flow.more(ORDERS_BETWEEN_BLOWS);
      await strike();
    }
    await flow.upTo(ORDERS);
    const accepted = await flow.stop();
    expect(flow.refusals).toEqual([]);

    const orders = await eventually(async () => {
      const all = await ordersIn(test.scratch);
      expect(all.filter(({ status }) => !AT_REST.includes(status))).toEqual([]);
      return all;
    }, 120_000);
    const known = new Set(orders.map(({ id }) => id));
    expect(accepted.filter((id) => !known.has(id))).toEqual([]);
    expect(new Set(accepted).size).toBe(accepted.length);

    // Every sale is an order that was confirmed; an event applied twice, or lost, would show in their number.
    const confirmed = orders.filter(({ status }) => status === 'CONFIRMED').length;
    await eventually(async () => expect(await behind(test.scratch)).toEqual([]), 180_000);
    const manager = await eventually(() => signIn(test.url, 'manager'));
    const filter = { from: day(-1), to: day(1) };
    const { salesSummary } = await manager.query(SalesSummary, { filter });
    expect(salesSummary?.orders).toBe(confirmed);
    await manager.close();
    await checkBooks(test.scratch);
    expect((await readLog(test.scratch)).buried).toEqual([]);
  }, 900_000);
});

const day = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** Each customer orders the next as soon as the last was accepted, and tries again with the same key until it is. */
function orderWithoutPause(url: string, customers: readonly Client[]) {
  const accepted: string[] = [];
  const refusals: unknown[] = [];
  let isOver = false;
  const ordering = customers.map(async ({ session }) => {
    const customer = createCrema({ url, token: session.accessToken! });
    while (!isOver) {
      const key = newKey();
      for (;;) {
        const answer = await place(customer, undefined, key).catch(() => null);
        if (answer?.order) accepted.push(answer.order.id);
        else if (answer) refusals.push(answer.userErrors);
        if (answer) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    await customer.close();
  });
  const upTo = (count: number): Promise<void> =>
    eventually(async () => expect(accepted.length).toBeGreaterThanOrEqual(count), 120_000);
  return {
    refusals,
    upTo,
    more: (count: number) => upTo(accepted.length + count),
    async stop(): Promise<readonly string[]> {
      isOver = true;
      await Promise.all(ordering);
      return accepted;
    },
  };
}
