import { closeTestSubgraphs } from '@crema/kit/testing';
import { OrderClosed } from '@crema/schema/events';
import { ASTORIA, closed, createTestAnalytics, HARLEM, LATTE, MUG } from './support.ts';

afterEach(closeTestSubgraphs);

const MARCH = { from: '2026-03-01', to: '2026-03-31' };

describe('the figures', () => {
  it('sum up sales without tax and tip, in every view alike', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.openCafe(HARLEM);
    await test.nameProduct(LATTE, 'Latte', 'Coffee');
    await test.sell({ orderId: 'o1', at: '2026-03-02T15:10:00.000Z' });
    await test.sell({
      orderId: 'o2',
      at: '2026-03-02T15:50:00.000Z',
      customerId: 'bob',
      lines: [
        { productId: LATTE, quantity: 1, total: 375 },
        { productId: LATTE, quantity: 1, total: 435 },
        { productId: MUG, quantity: 1, total: 1400, name: 'Crema mug' },
      ],
    });
    await test.sell({ orderId: 'o3', at: '2026-03-04T03:00:00.000Z', cafeId: HARLEM });
    await test.refund('r1', '2026-03-05T12:00:00.000Z', 250);
    await test.refund(null, '2026-03-05T12:00:00.000Z', 9_000);

    const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
    const report = await test.report(MARCH);
    expect(report.salesSummary).toEqual({
      revenue: usd('37.10'),
      orders: 3,
      items: 7,
      averageOrder: usd('12.37'),
      refunds: usd('2.50'),
      customers: 2,
      medianPreparationSeconds: null,
      p90PreparationSeconds: null,
    });
    expect(report.salesSeries).toHaveLength(31);
    expect(report.salesSeries.filter(({ orders }) => orders > 0)).toEqual([
      { startsAt: '2026-03-02T05:00:00.000Z', revenue: usd('29.60'), orders: 2, items: 5 },
      { startsAt: '2026-03-03T05:00:00.000Z', revenue: usd('7.50'), orders: 1, items: 2 },
    ]);
    expect(report.salesByHourOfDay).toHaveLength(24);
    expect(report.salesByHourOfDay.filter(({ orders }) => orders > 0)).toEqual([
      { hour: 10, revenue: usd('29.60'), orders: 2 },
      { hour: 22, revenue: usd('7.50'), orders: 1 },
    ]);
    expect(report.topProducts).toEqual([
      {
        product: { id: LATTE },
        productName: 'Latte',
        category: 'Coffee',
        revenue: usd('23.10'),
        items: 6,
      },
      {
        product: { id: MUG },
        productName: 'Crema mug',
        category: 'Unknown',
        revenue: usd('14.00'),
        items: 1,
      },
    ]);
    expect(report.salesByCategory).toEqual([
      { category: 'Coffee', revenue: usd('23.10'), items: 6 },
      { category: 'Unknown', revenue: usd('14.00'), items: 1 },
    ]);
    expect(report.salesByCafe).toEqual([
      { cafe: { id: ASTORIA }, revenue: usd('29.60'), orders: 2, items: 5 },
      { cafe: { id: HARLEM }, revenue: usd('7.50'), orders: 1, items: 2 },
    ]);
  });

  it('take a cancelled sale out of the day on which it was sold, and leave what was never sold', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.sell({ orderId: 'o1', at: '2026-03-02T15:10:00.000Z' });
    await test.sell({ orderId: 'o2', at: '2026-03-02T15:20:00.000Z', customerId: 'bob' });
    await test.makeReady('o2', '2026-03-02T15:20:00.000Z', 300);
    await test.cancel('o2', '2026-03-03T15:00:00.000Z');
    const report = await test.report(MARCH);
    expect(report.salesSummary).toMatchObject({
      revenue: { amount: '7.50' },
      orders: 1,
      items: 2,
      customers: 1,
      medianPreparationSeconds: null,
    });
    expect(report.salesSeries.every(({ orders }) => orders >= 0)).toBe(true);
    expect(report.topProducts).toEqual([expect.objectContaining({ items: 2 })]);
  });

  it('take the refunds of an order out with it', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    for (const orderId of ['o1', 'o2']) {
      await test.sell({ orderId, at: '2026-03-02T15:10:00.000Z' });
      await test.refund(`part of ${orderId}`, '2026-03-03T15:00:00.000Z', 200, { orderId });
    }
    await test.cancel('o2', '2026-03-04T15:00:00.000Z');
    await test.refund('late', '2026-03-04T16:00:00.000Z', 50, { orderId: 'o2' });
    const report = await test.report(MARCH);
    expect(report.salesSummary).toMatchObject({ orders: 1, refunds: { amount: '2.00' } });
  });

  it('keep what was made and nobody came for: it stays paid', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.sell({ orderId: 'o1', at: '2026-03-02T15:10:00.000Z' });
    await test.tell(OrderClosed, 'o1', {
      ...closed({}, '2026-03-02T17:00:00.000Z'),
      reason: 'NOT_COLLECTED',
      refundDue: false,
    });
    expect((await test.report(MARCH)).salesSummary).toMatchObject({
      revenue: { amount: '7.50' },
      orders: 1,
    });
  });

  it('are zeros where nothing was sold', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const report = await test.report({ from: '2026-03-01', to: '2026-03-02' });
    const nothing = { amount: '0.00', currencyCode: 'USD' };
    expect(report).toMatchObject({
      salesSummary: { revenue: nothing, averageOrder: nothing, orders: 0, customers: 0 },
      salesSeries: [{ revenue: nothing }, { revenue: nothing }],
      topProducts: [],
      salesByCategory: [],
      salesByCafe: [{ cafe: { id: ASTORIA }, revenue: nothing }],
    });
  });

  it('time preparation by the last time that an order was ready', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const at = '2026-03-02T15:00:00.000Z';
    for (let i = 1; i <= 10; i++) {
      await test.sell({ orderId: `o${i}`, at });
      await test.makeReady(`o${i}`, at, i * 60);
    }
    const told = async () => {
      const { salesSummary: of } = await test.report(MARCH);
      return [of.medianPreparationSeconds, of.p90PreparationSeconds];
    };
    const near = (seconds: number) => (told: number | null) =>
      expect(Math.abs(told! - seconds)).toBeLessThanOrEqual(seconds * 0.01 + 0.5);
    const expectNear = async (...seconds: [number, number]) =>
      (await told()).forEach((each, i) => near(seconds[i]!)(each));
    await expectNear(300, 540);
    // One that was ready too early, and one whose later time arrived first.
    await test.makeReady('o1', at, 900);
    await test.makeReady('o2', at, 30);
    await expectNear(360, 600);
    await test.cancel('o1', at);
    await expectNear(360, 540);
  });

  it('name products and categories as menu does today', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.sell({ orderId: 'o1', at: '2026-03-02T15:10:00.000Z' });
    expect((await test.report(MARCH)).salesByCategory).toMatchObject([{ category: 'Unknown' }]);
    await test.nameProduct(LATTE, 'Latte', 'Coffee');
    await test.nameProduct(LATTE, 'Caffè latte', 'Espresso drinks');
    expect((await test.report(MARCH)).topProducts).toMatchObject([
      { productName: 'Caffè latte', category: 'Espresso drinks' },
    ]);
  });

  it('count from the highest down, as many products as are wanted', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const lines = Array.from({ length: 15 }, (_, i) => ({
      productId: `p${i}`,
      quantity: 1,
      total: 100 + i,
    }));
    await test.sell({ orderId: 'o1', at: '2026-03-02T15:10:00.000Z', lines });
    const top = async (first?: number) => {
      const query = `query ($f: SalesFilter!, $n: Int = 10) { topProducts(filter: $f, first: $n) { product { id } } }`;
      const { data, errors } = await test.ask(
        { sub: 'a', scope: 'analytics:read', workplaces: ['*'] },
        query,
        { f: MARCH, ...(first !== undefined && { n: first }) },
      );
      return errors ?? (data!['topProducts'] as { product: { id: string } }[]);
    };
    expect(await top()).toHaveLength(10);
    expect(await top(2)).toEqual([{ product: { id: 'p14' } }, { product: { id: 'p13' } }]);
    for (const wrong of [0, 101]) {
      expect(await top(wrong)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});
