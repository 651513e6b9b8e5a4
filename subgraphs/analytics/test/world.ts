import fc from 'fast-check';
import { stableId, type EventContract, type StoredEvent } from '@crema/kit';
import {
  CafeChanged,
  OrderClosed,
  OrderConfirmed,
  OrderReady,
  PaymentRefunded,
  ProductChanged,
} from '@crema/schema/events';
import { cafe, closed, confirmed, product, type TestAnalytics } from './support.ts';

/* Two cafés with some orders around a change of clocks, and what must come out of them by counting. */

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

export const world = fc.record({
  window: fc.constantFrom(...WINDOWS),
  /** Which café gets the other's time zone later on, and whether it gets its own again. */
  moves: fc.record({ cafe: fc.option(fc.nat(1)), isBack: fc.boolean() }),
  orders,
  from: fc.nat(4),
  days: fc.nat(4),
  order: fc.array(fc.nat(10_000), { minLength: 400, maxLength: 400 }),
  atOnce: fc.integer({ min: 1, max: 5 }),
});

export type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The day of a place, read from Intl and not from what is tested. */
const dayIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The time zone that a café has in the end. */
const zoneOf = ({ moves }: World, cafe: number): string =>
  ZONES[moves.cafe === cafe && !moves.isBack ? 1 - cafe : cafe]!;

/** Something that happened, as it stands in the log. */
export interface Fact {
  readonly event: StoredEvent;
  /** Applies it as the runner does, at once. */
  apply(test: TestAnalytics): Promise<void>;
}

const TOLD_AT = Date.parse('2026-01-01T00:00:00.000Z');

/** Every fact of a world, under names that no other world has. */
export function factsOf({ window, orders, moves }: World, name: string): Fact[] {
  const start = Date.parse(window);
  const iso = (at: number) => new Date(at).toISOString();
  const fact = <Data>(contract: EventContract<Data>, key: string, data: Data, hours = 0): Fact => {
    const time = iso(TOLD_AT + hours * 60 * MINUTE_MS);
    const { type, version, topic } = contract;
    const id = stableId(`${type} ${key} ${time} ${JSON.stringify(data)}`);
    return {
      event: { id, type, version, topic, key, source: 'test', time, data },
      apply: (test) => test.apply(contract, key, data, time),
    };
  };
  return [
    ...ZONES.map((zone, i) => fact(CafeChanged, `${name}-cafe-${i}`, cafe(zone))),
    ...(moves.cafe === null
      ? []
      : [1 - moves.cafe, ...(moves.isBack ? [moves.cafe] : [])].map((zone, i) =>
          fact(CafeChanged, `${name}-cafe-${moves.cafe}`, cafe(ZONES[zone]), i + 1),
        )),
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
export function expectationOf(world: World, name: string) {
  const { window, orders, from, days } = world;
  const [first, last] = [dayAfter(window, from), dayAfter(window, from + days)];
  const start = Date.parse(window);
  const isIn = (order: { cafe: number }, at: number) => {
    const day = dayIn(zoneOf(world, order.cafe), at);
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
  return {
    filter: { from: first, to: last },
    revenue: revenueOf(sales),
    orders: sales.length,
    items: itemsOf(sales),
    customers: new Set(sales.map(({ customer }) => customer)).size,
    refunds: sum(
      orders
        .filter(({ fate }) => fate === 'kept')
        .flatMap((order) =>
          order.refunds
            .filter(({ after }) => isIn(order, atOf(order) + after * MINUTE_MS))
            .map(({ amount }) => amount),
        ),
    ),
    seconds,
    byDay: Array.from({ length: days + 1 }, (_, i) => {
      const day = dayAfter(first, i);
      return revenueOf(
        sales.filter((order) => dayIn(zoneOf(world, order.cafe), atOf(order)) === day),
      );
    }),
    byCafe: [0, 1].map((i) => revenueOf(sales.filter((order) => order.cafe === i))),
    byProduct,
  };
}
