import { closeTestSubgraphs } from '@crema/kit/testing';
import { CafeChanged, OrderConfirmed } from '@crema/schema/events';
import { ASTORIA, cafe, confirmed, createTestAnalytics, HARLEM } from './support.ts';

afterEach(closeTestSubgraphs);

/** In New York clocks go forward on 8 March 2026 and back on 1 November. */
describe('business days and hours', () => {
  it('are those of the café, on both sides of midnight', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.sell({ orderId: 'o1', at: '2026-07-01T03:59:59.999Z' });
    await test.sell({ orderId: 'o2', at: '2026-07-01T04:00:00Z' });
    const on = async (day: string) =>
      (await test.report({ from: day, to: day })).salesSummary.orders;
    expect([await on('2026-06-30'), await on('2026-07-01'), await on('2026-07-02')]).toEqual([
      1, 1, 0,
    ]);
  });

  it.each([
    { day: '2026-03-07', hours: 24 },
    { day: '2026-03-08', hours: 23 },
    { day: '2026-11-01', hours: 25 },
  ])('make %j hours of a day', async ({ day, hours }) => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const { salesSeries } = await test.report({ from: day, to: day }, 'HOUR');
    expect(salesSeries).toHaveLength(hours);
    const starts = salesSeries.map(({ startsAt }) => Date.parse(startsAt));
    expect(starts.every((at, i) => i === 0 || at - starts[i - 1]! === 3_600_000)).toBe(true);
  });

  it('tell the two hours apart that one day has twice, and add them up by the clock', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.sell({ orderId: 'o1', at: '2026-11-01T05:30:00.000Z' });
    await test.sell({ orderId: 'o2', at: '2026-11-01T06:30:00.000Z' });
    const report = await test.report({ from: '2026-11-01', to: '2026-11-01' }, 'HOUR');
    expect(
      report.salesSeries.filter(({ orders }) => orders > 0).map(({ startsAt }) => startsAt),
    ).toEqual(['2026-11-01T05:00:00.000Z', '2026-11-01T06:00:00.000Z']);
    expect(report.salesByHourOfDay.filter(({ orders }) => orders > 0)).toMatchObject([
      { hour: 1, orders: 2 },
    ]);
  });

  it('are summed up by weeks from Monday and by months', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.sell({ orderId: 'o1', at: '2026-03-01T17:00:00.000Z' });
    await test.sell({ orderId: 'o2', at: '2026-03-02T17:00:00.000Z' });
    await test.sell({ orderId: 'o3', at: '2026-04-30T17:00:00.000Z' });
    const points = async (interval: string) =>
      (await test.report({ from: '2026-03-01', to: '2026-04-30' }, interval)).salesSeries.map(
        ({ startsAt, orders }) => [startsAt, orders],
      );
    expect(await points('MONTH')).toEqual([
      ['2026-03-01T05:00:00.000Z', 2],
      ['2026-04-01T04:00:00.000Z', 1],
    ]);
    const weeks = await points('WEEK');
    expect(weeks.slice(0, 3)).toEqual([
      ['2026-02-23T05:00:00.000Z', 1],
      ['2026-03-02T05:00:00.000Z', 1],
      ['2026-03-09T04:00:00.000Z', 0],
    ]);
    expect(weeks).toHaveLength(10);
  });

  it('of cafés in several time zones are each café’s own', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.openCafe(HARLEM, 'America/Los_Angeles');
    const at = '2026-07-01T05:00:00.000Z';
    await test.sell({ orderId: 'o1', at });
    await test.sell({ orderId: 'o2', at, cafeId: HARLEM });
    const { salesSeries } = await test.report({ from: '2026-06-30', to: '2026-07-01' });
    expect(salesSeries).toMatchObject([
      { startsAt: '2026-06-30T04:00:00.000Z', orders: 1 },
      { startsAt: '2026-07-01T04:00:00.000Z', orders: 1 },
    ]);
    const hours = await test.report({ from: '2026-06-30', to: '2026-07-01' }, 'HOUR');
    expect(hours.salesSeries.filter(({ orders }) => orders > 0)).toMatchObject([
      { startsAt: at, orders: 2 },
    ]);
  });

  it('wait for a café that is not known yet, and move with one that changes its time zone', async () => {
    const test = await createTestAnalytics();
    const at = '2026-07-01T05:00:00.000Z';
    await test.sell({ orderId: 'o1', at });
    await test.sell({ orderId: 'o2', at });
    await test.cancel('o2', at);
    await test.refund('r1', at, 100);
    await test.openCafe();
    const on = async (day: string) => {
      const { orders, refunds, customers } = (await test.report({ from: day, to: day }))
        .salesSummary;
      return [orders, refunds.amount, customers];
    };
    expect(await on('2026-07-01')).toEqual([1, '1.00', 1]);
    test.clock.advance(1_000);
    await test.openCafe(ASTORIA, 'America/Los_Angeles');
    expect(await on('2026-07-01')).toEqual([0, '0.00', 0]);
    expect(await on('2026-06-30')).toEqual([1, '1.00', 1]);
    await test.sell({ orderId: 'o3', at });
    test.clock.advance(1_000);
    await test.openCafe(ASTORIA, 'America/New_York');
    expect(await on('2026-07-01')).toEqual([2, '1.00', 1]);
  });

  it('lose no sale that arrives while a café is being booked', async () => {
    const test = await createTestAnalytics();
    const sales = Array.from({ length: 60 }, (_, i) => ({
      orderId: `o${i}`,
      at: `2026-07-01T15:${String(i).padStart(2, '0')}:00.000Z`,
    }));
    const work = sales.map(
      (sale) => () => test.apply(OrderConfirmed, sale.orderId, confirmed(sale)),
    );
    work.splice(20, 0, () => test.apply(CafeChanged, ASTORIA, cafe()));
    await Promise.all(work.map((each) => each()));
    const { orders } = (await test.report({ from: '2026-07-01', to: '2026-07-01' })).salesSummary;
    expect(orders).toBe(60);
  });
});
