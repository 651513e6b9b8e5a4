import { closeTestSubgraphs } from '@crema/kit/testing';
import { CafeChanged, SalesImported } from '@crema/schema/events';
import type { z } from 'zod';
import { ASTORIA, cafe, createTestAnalytics, LATTE, MUG, type TestAnalytics } from './support.ts';

afterEach(closeTestSubgraphs);

type Imported = z.output<typeof SalesImported.data>;

const imported = (lines: Imported['lines']): Imported => ({
  source: 'pos',
  cafeId: ASTORIA,
  currency: 'USD',
  products: [
    { productId: LATTE, name: 'Latte Rg' },
    { productId: MUG, name: 'Mug' },
  ],
  lines,
});

const line = (
  transactionId: string,
  at: string,
  [product, quantity, unitPriceMinor]: readonly [number, number, number],
) => ({ transactionId, at, product, quantity, unitPriceMinor });

/** Around midnight of New York, which is five hours behind UTC. */
const EVENING = imported([
  line('1', '2023-02-01T04:10:00.000Z', [0, 2, 425]),
  line('2', '2023-02-01T04:59:59.000Z', [1, 1, 1_800]),
]);
const MORNING = imported([line('3', '2023-02-01T12:30:00.000Z', [0, 1, 425])]);

const days = async (test: TestAnalytics) => {
  const { salesSeries } = await test.report({ from: '2023-01-30', to: '2023-02-02' });
  return salesSeries.map(({ revenue, orders, items }) => [revenue.amount, orders, items]);
};

describe('imported sales', () => {
  it('count on the business days and in the hours of the café, each line as a sale', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.tell(SalesImported, ASTORIA, EVENING);
    await test.tell(SalesImported, ASTORIA, MORNING);

    expect(await days(test)).toEqual([
      ['0.00', 0, 0],
      ['26.50', 2, 3],
      ['4.25', 1, 1],
      ['0.00', 0, 0],
    ]);
    const report = await test.report({ from: '2023-01-01', to: '2023-12-31' });
    expect(report.salesSummary).toMatchObject({
      revenue: { amount: '30.75' },
      orders: 3,
      items: 4,
      customers: 0,
      medianPreparationSeconds: null,
    });
    const sold = report.salesByHourOfDay.filter(({ orders }) => orders > 0);
    expect(sold.map(({ hour, orders }) => [hour, orders])).toEqual([
      [7, 1],
      [23, 2],
    ]);
    expect(report.topProducts.map(({ productName, items }) => [productName, items])).toEqual([
      ['Mug', 1],
      ['Latte Rg', 3],
    ]);
  });

  it('count once, however often they are told', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    for (let time = 0; time < 3; time++) await test.apply(SalesImported, ASTORIA, EVENING);
    await Promise.all([1, 2, 3].map(() => test.apply(SalesImported, ASTORIA, MORNING)));

    expect((await days(test)).slice(1, 3)).toEqual([
      ['26.50', 2, 3],
      ['4.25', 1, 1],
    ]);
  });

  it('wait for a café that is not known yet, and follow it into another time zone', async () => {
    const test = await createTestAnalytics();
    await test.tell(SalesImported, ASTORIA, EVENING);
    await test.openCafe();
    expect((await days(test))[1]).toEqual(['26.50', 2, 3]);

    test.clock.advance(1_000);
    await test.tell(CafeChanged, ASTORIA, cafe('Europe/Berlin'));
    await test.tell(SalesImported, ASTORIA, MORNING);
    expect(await days(test)).toEqual([
      ['0.00', 0, 0],
      ['0.00', 0, 0],
      ['30.75', 3, 4],
      ['0.00', 0, 0],
    ]);
  });

  it('add to what orders have sold on the same day', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.sell({ orderId: 'o-1', at: '2023-02-01T15:00:00.000Z' });
    await test.tell(SalesImported, ASTORIA, MORNING);

    const { salesSummary } = await test.report({ from: '2023-02-01', to: '2023-02-01' });
    expect(salesSummary).toMatchObject({ revenue: { amount: '11.75' }, orders: 2, items: 3 });
  });
});
