import fc from 'fast-check';
import type { LoggedEvent } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import {
  CafeChanged,
  OrderClosed,
  OrderConfirmed,
  OrderReady,
  PaymentRefunded,
  ProductChanged,
} from '@crema/schema/events';
import {
  cafe,
  closed,
  confirmed,
  createTestAnalytics,
  managerAt,
  minor,
  product,
  type Report,
  type TestAnalytics,
} from './support.ts';

afterAll(closeTestSubgraphs);

const ZONES = ['America/New_York', 'America/Los_Angeles'];
const CATEGORIES = ['Coffee', 'Coffee', 'Bakery'];
const MINUTE_MS = 60_000;

/** Five days around each change of clocks in 2026. */
const WINDOWS = ['2026-03-06', '2026-10-30'];

const orders = fc.array(
  fc.record({
    minute: fc.nat(5 * 24 * 60),
    cafe: fc.nat(1),
    customer: fc.nat(4),
    fate: fc.constantFrom('kept', 'kept', 'kept', 'cancelled', 'never confirmed'),
    lines: fc.array(
      fc.record({
        product: fc.nat(3),
        quantity: fc.integer({ min: 1, max: 3 }),
        total: fc.integer({ min: 1, max: 9_999 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    readyAfter: fc.option(fc.integer({ min: 1, max: 1_800 })),
    refunds: fc.array(
      fc.record({ after: fc.nat(3_000), amount: fc.integer({ min: 1, max: 999 }) }),
      {
        maxLength: 2,
      },
    ),
  }),
  { minLength: 1, maxLength: 25 },
);

const world = fc.record({
  window: fc.constantFrom(...WINDOWS),
  orders,
  from: fc.nat(4),
  days: fc.nat(4),
  order: fc.array(fc.nat(10_000), { minLength: 400, maxLength: 400 }),
  atOnce: fc.integer({ min: 1, max: 5 }),
});

type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The day of a place, read from Intl and not from what is tested. */
const dayIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

interface Fact {
  apply(test: TestAnalytics): Promise<void>;
  tell(test: TestAnalytics): Promise<unknown>;
}

/** Every fact of a world, under names that no other world has. */
function factsOf({ window, orders }: World, name: string): Fact[] {
  const start = Date.parse(window);
  const iso = (at: number) => new Date(at).toISOString();
  const fact = <Data>(
    contract: Parameters<TestAnalytics['apply']>[0],
    key: string,
    data: Data,
  ): Fact => ({
    apply: (test) => test.apply(contract, key, data),
    tell: (test) => test.tell(contract, key, data),
  });
  return [
    ...ZONES.map((zone, i) => fact(CafeChanged, `${name}-cafe-${i}`, cafe(zone))),
    ...CATEGORIES.map((category, i) =>
      fact(ProductChanged, `${name}-product-${i}`, product(`Product ${i}`, category)),
    ),
    ...orders.flatMap((order, i) => {
      const at = start + order.minute * MINUTE_MS;
      const sale = {
        orderId: `${name}-order-${i}`,
        at: iso(at),
        cafeId: `${name}-cafe-${order.cafe}`,
        customerId: `customer-${order.customer}`,
        lines: order.lines.map((line) => ({
          ...line,
          productId: `${name}-product-${line.product}`,
        })),
      };
      if (order.fate === 'never confirmed') {
        return [fact(OrderClosed, sale.orderId, closed(sale, iso(at), false))];
      }
      return [
        fact(OrderConfirmed, sale.orderId, confirmed(sale)),
        ...(order.fate === 'cancelled'
          ? [fact(OrderClosed, sale.orderId, closed(sale, iso(at + 5 * MINUTE_MS)))]
          : []),
        ...(order.readyAfter === null
          ? []
          : [
              fact(OrderReady, sale.orderId, {
                cafeId: sale.cafeId,
                customerId: sale.customerId,
                number: 'A-1',
                confirmedAt: sale.at,
                at: iso(at + order.readyAfter * 1_000),
              }),
            ]),
        ...order.refunds.map(({ after, amount }, r) =>
          fact(PaymentRefunded, sale.orderId, {
            customerId: sale.customerId,
            cafeId: sale.cafeId,
            refundId: `${sale.orderId}-refund-${r}`,
            amount: { minor: amount, currency: 'USD' },
            at: iso(at + after * MINUTE_MS),
          }),
        ),
      ];
    }),
  ];
}

/** What must come out, by counting. */
function expectationOf({ window, orders, from, days }: World, name: string) {
  const [first, last] = [dayAfter(window, from), dayAfter(window, from + days)];
  const start = Date.parse(window);
  const isIn = (order: { cafe: number }, at: number) => {
    const day = dayIn(ZONES[order.cafe]!, at);
    return first <= day && day <= last;
  };
  const atOf = (order: { minute: number }) => start + order.minute * MINUTE_MS;
  const sales = orders.filter((order) => order.fate === 'kept' && isIn(order, atOf(order)));
  const revenueOf = (some: typeof sales) =>
    sum(some.flatMap(({ lines }) => lines.map(({ total }) => total)));
  const itemsOf = (some: typeof sales) =>
    sum(some.flatMap(({ lines }) => lines.map(({ quantity }) => quantity)));
  const lines = sales.flatMap((order) => order.lines);
  const byProduct = new Map(
    [0, 1, 2, 3]
      .map((id) => [id, lines.filter((line) => line.product === id)] as const)
      .filter(([, of]) => of.length > 0)
      .map(([id, of]) => [
        `${name}-product-${id}`,
        [sum(of.map(({ total }) => total)), sum(of.map(({ quantity }) => quantity))],
      ]),
  );
  const seconds = sales.flatMap(({ readyAfter }) => readyAfter ?? []).sort((a, b) => a - b);
  const half = seconds.length / 2;
  return {
    filter: { from: first, to: last },
    revenue: revenueOf(sales),
    orders: sales.length,
    items: itemsOf(sales),
    customers: new Set(sales.map(({ customer }) => customer)).size,
    refunds: sum(
      orders
        .filter(({ fate }) => fate !== 'never confirmed')
        .flatMap((order) =>
          order.refunds
            .filter(({ after }) => isIn(order, atOf(order) + after * MINUTE_MS))
            .map(({ amount }) => amount),
        ),
    ),
    median:
      seconds.length === 0
        ? null
        : Math.round((seconds[Math.ceil(half) - 1]! + seconds[Math.floor(half)]!) / 2),
    p90: seconds.length === 0 ? null : seconds[Math.ceil(seconds.length * 0.9) - 1]!,
    byDay: Array.from({ length: days + 1 }, (_, i) => {
      const day = dayAfter(first, i);
      return revenueOf(sales.filter((order) => dayIn(ZONES[order.cafe]!, atOf(order)) === day));
    }),
    byCafe: [0, 1].map((i) => revenueOf(sales.filter((order) => order.cafe === i))),
    byProduct,
  };
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
    median: summary.medianPreparationSeconds,
    p90: summary.p90PreparationSeconds,
    byDay: report.salesSeries.map(({ revenue }) => minor(revenue)),
    byCafe: [0, 1].map((i) =>
      total(report.salesByCafe.filter((each) => each.cafe.id === `${name}-cafe-${i}`)),
    ),
    byProduct: new Map(
      report.topProducts.map((each) => [each.product.id, [minor(each.revenue), each.items]]),
    ),
  }).toEqual({ ...expected, filter: undefined });

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
  it('come to the same figures, to the cent', async () => {
    const test = await createTestAnalytics();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(world, async (world) => {
        const name = `run-${runs++}`;
        const facts = factsOf(world, name);
        // Each fact twice; the generated numbers say in which order.
        const deliveries = [...facts, ...facts]
          .map((fact, i) => ({ fact, rank: world.order[i % world.order.length]! }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ fact }) => fact);
        for (let i = 0; i < deliveries.length; i += world.atOnce) {
          const some = deliveries.slice(i, i + world.atOnce);
          await Promise.all(some.map((fact) => fact.apply(test)));
        }
        const caller = managerAt(`${name}-cafe-0`, `${name}-cafe-1`);
        const expected = expectationOf(world, name);
        const report = await test.report(expected.filter, 'DAY', caller);
        const hours = await test.report(expected.filter, 'HOUR', caller);
        compare(report, hours, expected, name);
      }),
      { numRuns: 40, interruptAfterTimeLimit: 40_000 },
    );
  }, 60_000);

  it('told again from the log, by topics or as they came, equal the live figures', async () => {
    const live = await createTestAnalytics();
    const [sample] = fc.sample(world, { numRuns: 1, seed: 20_261_101 });
    const facts = factsOf(sample!, 'log');
    for (const fact of [...facts].reverse()) await fact.tell(live);
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
  });
});
