import fc from 'fast-check';
import type { LoggedEvent } from '@crema/kit';
import { closeTestSubgraphs, FakeClock } from '@crema/kit/testing';
import { CafeChanged, OrderConfirmed, PaymentRefunded, ProductChanged } from '@crema/schema/events';
import { createTestAnalytics, managerAt, minor, type Report } from './support.ts';
import { expectationOf, factsOf, sum, world } from './world.ts';

afterAll(closeTestSubgraphs);

/** No further than one percent, and the rounding, from the time that is at this place of all. */
function expectQuantile(told: number | null, seconds: readonly number[], quantile: number): void {
  if (seconds.length === 0) return expect(told).toBeNull();
  const exact = seconds[Math.floor(quantile * (seconds.length - 1))]!;
  expect(Math.abs(told! - exact)).toBeLessThanOrEqual(exact * 0.01 + 0.5);
}

const total = (parts: readonly { revenue: Report['salesSummary']['revenue'] }[]): number =>
  sum(parts.map(({ revenue }) => minor(revenue)));

function compare(
  report: Report,
  hours: Report,
  expected: ReturnType<typeof expectationOf>,
  name: string,
) {
  const { salesSummary: summary } = report;
  expect({
    revenue: minor(summary.revenue),
    orders: summary.orders,
    items: summary.items,
    customers: summary.customers,
    refunds: minor(summary.refunds),
    byDay: report.salesSeries.map(({ revenue }) => minor(revenue)),
    byCafe: [0, 1].map((i) =>
      total(report.salesByCafe.filter((each) => each.cafe.id === `${name}-cafe-${i}`)),
    ),
    byProduct: new Map(
      report.topProducts.map((each) => [each.product.id, [minor(each.revenue), each.items]]),
    ),
  }).toEqual({ ...expected, filter: undefined, seconds: undefined });
  expectQuantile(summary.medianPreparationSeconds, expected.seconds, 0.5);
  expectQuantile(summary.p90PreparationSeconds, expected.seconds, 0.9);

  for (const parts of [
    report.salesSeries,
    hours.salesSeries,
    report.salesByHourOfDay,
    report.topProducts,
    report.salesByCategory,
    report.salesByCafe,
  ]) {
    expect(total(parts)).toBe(expected.revenue);
  }
  expect(sum(hours.salesSeries.map(({ orders }) => orders))).toBe(expected.orders);
  expect(sum(report.salesByHourOfDay.map(({ orders }) => orders))).toBe(expected.orders);
  expect(sum(report.salesByCategory.map(({ items }) => items))).toBe(expected.items);
}

describe('facts in any order, each any number of times', () => {
  it.each([
    ['while their days are not over', '2026-03-02T15:00:00.000Z'],
    ['when months and years are told from rollups', '2028-06-15T15:00:00.000Z'],
  ])(
    'come to the same figures, to the cent, %s',
    async (_, now) => {
      const test = await createTestAnalytics({ clock: new FakeClock(now) });
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(world, async (world) => {
          const name = `run-${runs++}`;
          const facts = factsOf(world, name);
          const caller = managerAt(`${name}-cafe-0`, `${name}-cafe-1`);
          const expected = expectationOf(world, name);
          // Each fact twice; the generated numbers say in which order.
          const deliveries = [...facts, ...facts]
            .map((fact, i) => ({ fact, rank: world.order[i % world.order.length]! }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ fact }) => fact);
          for (let i = 0; i < deliveries.length; i += world.atOnce) {
            const some = deliveries.slice(i, i + world.atOnce);
            await Promise.all(some.map((fact) => fact.apply(test)));
            // What is told in between must not be what is told in the end.
            if (i % 16 === 0) await test.tryReport(expected.filter, caller);
          }
          const report = await test.report(expected.filter, 'DAY', caller);
          const hours = await test.report(expected.filter, 'HOUR', caller);
          compare(report, hours, expected, name);
        }),
        { numRuns: 20, interruptAfterTimeLimit: 40_000 },
      );
    },
    60_000,
  );

  it('told again from the log, by topics or as they came, equal the live figures', async () => {
    const live = await createTestAnalytics();
    const sample = fc
      .sample(world, { numRuns: 50, seed: 20_261_101 })
      .find(({ orders }) => orders.filter(({ fate }) => fate === 'kept').length > 5);
    const facts = factsOf(sample!, 'log');
    for (const { event } of [...facts].reverse()) await live.events.append([event]);
    await live.settle();
    const log: LoggedEvent[] = [];
    const topics = [CafeChanged, ProductChanged, OrderConfirmed, PaymentRefunded].map(
      ({ topic }) => topic,
    );
    await live.events.consume('test-log', topics, async (events) => void log.push(...events));
    await live.settle();
    expect(log).toHaveLength(facts.length);

    const caller = managerAt('log-cafe-0', 'log-cafe-1');
    const filter = { from: '2026-01-01', to: '2026-12-31' };
    const expected = await live.report(filter, 'DAY', caller);
    expect(expected.salesSummary.orders).toBeGreaterThan(0);
    for (const order of [
      log,
      [...log].sort((a, b) => a.position - b.position),
      [...log].sort((a, b) => b.topic.localeCompare(a.topic) || a.position - b.position),
    ]) {
      const rebuilt = await createTestAnalytics();
      await rebuilt.events.append(order);
      await rebuilt.settle();
      expect(await rebuilt.report(filter, 'DAY', caller)).toEqual(expected);
    }
  }, 180_000);
});
