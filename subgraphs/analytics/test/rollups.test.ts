import { closeTestSubgraphs, FakeClock } from '@crema/kit/testing';
import { admin, ASTORIA, createTestAnalytics, LATTE, MUG, type Filter } from './support.ts';

afterEach(closeTestSubgraphs);

const NOW = '2026-06-15T12:00:00.000Z';
const FIVE_YEARS = { from: '2021-06-16', to: '2026-06-15' };
const SUMMARY = `query ($filter: SalesFilter!) {
  salesSummary(filter: $filter) { orders customers medianPreparationSeconds }
  topProducts(filter: $filter) { productName items }
}`;

/** Analytics that knows a café, and how many documents a question gives it to read. */
async function createOldCafe() {
  const test = await createTestAnalytics({ clock: new FakeClock(NOW) });
  await test.openCafe(ASTORIA, 'UTC');
  await test.nameProduct(LATTE, 'Latte', 'Coffee');
  let sold = 0;
  return {
    ...test,
    sellOn: async (day: string, customerId = 'ada') => {
      const orderId = `order-${sold++}`;
      const at = `${day}T15:00:00.000Z`;
      await test.sell({ orderId, at, customerId });
      await test.makeReady(orderId, at, 120);
      return orderId;
    },
    async summary(filter: Filter) {
      const { data, errors } = await test.ask(admin, SUMMARY, { filter });
      if (errors) throw new Error(JSON.stringify(errors));
      return data as {
        salesSummary: { orders: number; customers: number; medianPreparationSeconds: number };
        topProducts: { productName: string; items: number }[];
      };
    },
  };
}

describe('long ranges', () => {
  it('count what is told late of days, months and years that are over', async () => {
    const test = await createOldCafe();
    const days = [
      '2021-12-31',
      '2022-01-01',
      '2024-02-29',
      '2025-07-01',
      '2026-05-31',
      '2026-06-15',
    ];
    const orders: string[] = [];
    for (const [index, day] of days.entries()) {
      orders.push(await test.sellOn(day, `customer-${index % 4}`));
      const { salesSummary, topProducts } = await test.summary(FIVE_YEARS);
      expect(salesSummary).toMatchObject({
        orders: index + 1,
        customers: Math.min(4, index + 1),
      });
      expect(topProducts).toEqual([{ productName: 'Latte', items: 2 * (index + 1) }]);
    }
    await test.makeReady(orders[2]!, '2024-02-29T15:00:00.000Z', 600);
    await test.cancel(orders[0]!, NOW);
    await test.refund('refund', '2022-01-01T10:00:00.000Z', 250);
    const report = await test.report(FIVE_YEARS, 'MONTH');
    expect(report.salesSummary).toMatchObject({
      orders: 5,
      refunds: { amount: '2.50' },
      p90PreparationSeconds: expect.closeTo(120, -1),
    });
    expect(report.salesSeries.filter(({ orders }) => orders > 0)).toHaveLength(5);
    expect((await test.summary({ from: '2021-12-01', to: '2021-12-31' })).salesSummary).toEqual({
      orders: 0,
      customers: 0,
      medianPreparationSeconds: null,
    });
  });

  it('are told from a few rollups, and from nothing that grows with them', async () => {
    const test = await createOldCafe();
    for (const day of ['2021-07-01', '2023-03-03', '2026-06-14']) await test.sellOn(day);
    await test.summary(FIVE_YEARS);
    test.operations.length = 0;
    const told = await test.summary(FIVE_YEARS);
    expect(told.salesSummary.orders).toBe(3);
    const reads = new Map<string, number>();
    for (const each of test.operations) reads.set(each, (reads.get(each) ?? 0) + 1);
    // Four parts, each from rollups that are checked by their revisions, and from the books of the days at both ends.
    expect(Object.fromEntries(reads)).toEqual({
      'cafes.find': 2,
      'day_preparation.find': 2,
      'day_products.find': 2,
      // Days on which nothing was sold are not kept: of customers, they are looked up in two months more.
      'days.find': 5,
      'editions.get': reads.get('editions.get'),
      'products.getMany': 1,
      'revisions.getMany': 4,
      'rollups.getMany': 4,
      'sales.totals': 1,
    });
  });

  it('are worked out before anybody asks', async () => {
    const test = await createOldCafe();
    await test.sellOn('2021-07-01');
    const [job] = test.running.subgraph.jobs;
    await job!.run();
    test.operations.length = 0;
    await test.summary({ from: '2021-07-01', to: '2026-05-31' });
    expect(test.operations).not.toContain('rollups.put');
    expect(test.operations).not.toContain('days.find');
  });

  it('are worked out anew from the books, and no more often than what they are made of is written', async () => {
    const test = await createOldCafe();
    const order = await test.sellOn('2024-02-29');
    await test.summary(FIVE_YEARS);
    test.operations.length = 0;
    await test.cancel(order, NOW);
    await test.summary(FIVE_YEARS);
    // The month and the year of four parts, and the day of customers; the rest stays.
    expect(test.operations.filter((each) => each === 'rollups.put')).toHaveLength(9);
  });

  it('follow a café to another time zone', async () => {
    const test = await createOldCafe();
    await test.sell({ orderId: 'night', at: '2024-01-01T03:00:00.000Z' });
    const in2023 = { from: '2023-01-01', to: '2023-12-31' };
    expect((await test.summary(in2023)).salesSummary.orders).toBe(0);
    for (const [zone, orders] of [
      ['America/New_York', 1],
      ['UTC', 0],
      ['America/New_York', 1],
    ] as const) {
      test.clock.advance(1_000);
      await test.openCafe(ASTORIA, zone);
      expect((await test.summary(in2023)).salesSummary.orders).toBe(orders);
    }
  });

  it('tell apart what was sold under names that fields cannot have', async () => {
    const test = await createOldCafe();
    const lines = [LATTE, MUG, 'a/b', 'a.b'].map((productId, i) => ({
      productId,
      quantity: i + 1,
      total: 100,
      name: productId,
    }));
    await test.sell({ orderId: 'odd', at: '2022-02-02T12:00:00.000Z', lines });
    const report = await test.report(FIVE_YEARS, 'MONTH');
    expect(report.topProducts.map(({ product, items }) => [product.id, items]).sort()).toEqual(
      lines.map(({ productId, quantity }) => [productId, quantity]).sort(),
    );
  });
});
