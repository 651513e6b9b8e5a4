import type { CallerClaims, SubgraphResponse } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { admin, ALL, ASTORIA, createTestAnalytics, HARLEM, managerAt } from './support.ts';

afterEach(closeTestSubgraphs);

const DAYS = { from: '2026-03-01', to: '2026-03-02' };
const FIELDS = [
  'salesSummary(filter: $filter) { orders }',
  'salesSeries(filter: $filter, interval: DAY) { orders }',
  'salesByHourOfDay(filter: $filter) { orders }',
  'topProducts(filter: $filter) { items }',
  'salesByCategory(filter: $filter) { items }',
  'salesByCafe(filter: $filter) { orders }',
];

describe('who may see sales', () => {
  it.each(FIELDS)('asks every caller of %s', async (field) => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.openCafe(HARLEM);
    const codeFor = async (caller: CallerClaims | null, cafeId?: string) => {
      const query = `query ($filter: SalesFilter!) { ${field} }`;
      const { errors } = await test.ask(caller, query, { filter: { ...DAYS, cafeId } });
      return errors?.[0]?.extensions?.['code'] ?? null;
    };
    const barista = { sub: 'barista', scope: 'queue:work', workplaces: [ASTORIA] };
    for (const cafeId of [undefined, ASTORIA]) {
      expect(await codeFor(null, cafeId)).toBe('UNAUTHENTICATED');
      expect(await codeFor(barista, cafeId)).toBe('FORBIDDEN');
      expect(await codeFor(managerAt(ASTORIA), cafeId)).toBeNull();
      expect(await codeFor(admin, cafeId)).toBeNull();
    }
    expect(await codeFor(managerAt(HARLEM), ASTORIA)).toBe('FORBIDDEN');
    expect(await codeFor(managerAt(HARLEM), 'nowhere')).toBe('FORBIDDEN');
  });

  it('shows managers the cafés where they work, and nothing of the others', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.openCafe(HARLEM);
    await test.sell({ orderId: 'o1', at: '2026-03-01T15:00:00.000Z' });
    await test.sell({ orderId: 'o2', at: '2026-03-01T15:00:00.000Z', cafeId: HARLEM });
    const mine = await test.report(DAYS, 'DAY', managerAt(HARLEM));
    expect(mine.salesSummary).toMatchObject({ orders: 1, customers: 1 });
    expect(mine.salesByCafe).toMatchObject([{ cafe: { id: HARLEM }, orders: 1 }]);
    expect((await test.report(DAYS)).salesSummary.orders).toBe(2);
    expect((await test.report({ ...DAYS, cafeId: ASTORIA })).salesByCafe).toHaveLength(1);
  });
});

describe('what may be asked', () => {
  const problems = async (
    test: Awaited<ReturnType<typeof createTestAnalytics>>,
    filter: object,
    interval = 'DAY',
  ) => {
    const { errors } = await test.ask(admin, ALL, { filter, interval });
    const found = errors?.flatMap(
      ({ extensions }) =>
        (extensions?.['problems'] as { code: string; field: string[] }[] | undefined) ?? [],
    );
    return found?.map(({ code, field }) => `${code} ${field.join('.')}`);
  };

  it('names what is wrong with the days', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const of = async (from: string, to: string, interval?: string) =>
      new Set(await problems(test, { from, to }, interval));
    expect(await of('2026-03-02', '2026-03-01')).toEqual(new Set(['INVALID_RANGE from']));
    expect(await of('2021-03-01', '2026-03-02')).toEqual(new Set(['RANGE_TOO_LONG to']));
    expect(await of('2021-03-01', '2026-03-01', 'MONTH')).toEqual(new Set());
    expect(await of('2021-03-01', '2026-03-01')).toEqual(new Set(['TOO_MANY_POINTS interval']));
    expect(await of('2026-01-01', '2026-02-15', 'HOUR')).toEqual(
      new Set(['TOO_MANY_POINTS interval']),
    );
    expect(await of('2026-01-01', '2026-02-10', 'HOUR')).toEqual(new Set());
    const { errors } = await test.ask(admin, ALL, {
      filter: { from: '2026-02-30', to: '2026-03-01' },
      interval: 'DAY',
    });
    expect(errors).toHaveLength(1);
  });

  it('names the café that does not exist, and the lack of any', async () => {
    const test = await createTestAnalytics();
    expect(new Set(await problems(test, DAYS))).toEqual(new Set(['NO_CAFES cafeId']));
    await test.openCafe();
    expect(new Set(await problems(test, { ...DAYS, cafeId: 'nowhere' }))).toEqual(
      new Set(['NOT_FOUND cafeId']),
    );
  });

  it('asks for a café where the cafés have several currencies', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.openCafe(HARLEM, 'Asia/Tokyo', 'JPY');
    expect(new Set(await problems(test, DAYS))).toEqual(new Set(['CURRENCY_REQUIRED cafeId']));
    await test.sell({
      orderId: 'o1',
      at: '2026-03-01T03:00:00.000Z',
      cafeId: HARLEM,
      currency: 'JPY',
    });
    const { revenue } = (await test.report({ ...DAYS, cafeId: HARLEM })).salesSummary;
    expect(revenue).toEqual({ amount: '750', currencyCode: 'JPY' });
    expect((await test.report(DAYS, 'DAY', managerAt(ASTORIA))).salesSummary.orders).toBe(0);
  });
});

describe('the ticker', () => {
  const WATCH = `subscription ($cafeId: ID) {
    salesTicker(cafeId: $cafeId) { startsAt revenue { amount } orders items }
  }`;
  const point = (orders: number) => ({
    data: {
      salesTicker: {
        startsAt: '2026-03-02T15:00:00.000Z',
        revenue: { amount: (7.5 * orders).toFixed(2) },
        orders,
        items: 2 * orders,
      },
    },
  });

  it('tells the running hour with each sale, of the cafés that the caller may see', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.openCafe(HARLEM);
    const all = await test.watch(admin, WATCH);
    const one = await test.watch(managerAt(HARLEM), WATCH, { cafeId: HARLEM });
    const mine = await test.watch(managerAt(HARLEM), WATCH);
    const at = '2026-03-02T15:00:00.000Z';
    await test.sell({ orderId: 'o1', at });
    expect((await all.next()).value).toEqual(point(1));
    await test.sell({ orderId: 'o2', at, cafeId: HARLEM });
    expect((await all.next()).value).toEqual(point(2));
    expect((await one.next()).value).toEqual(point(1));
    expect((await mine.next()).value).toEqual(point(1));
    await Promise.all([all.return(), one.return(), mine.return()]);
  });

  it('says nothing of the same sale twice, nor of what was sold long ago', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const all = await test.watch(admin, WATCH);
    await test.sell({ orderId: 'old', at: '2026-03-01T15:00:00.000Z' });
    await test.sell({ orderId: 'o1', at: '2026-03-02T15:00:00.000Z' });
    await test.sell({ orderId: 'o1', at: '2026-03-02T15:00:00.000Z' });
    await test.sell({ orderId: 'o2', at: '2026-03-02T15:00:00.000Z' });
    const orders = [];
    for (let i = 0; i < 2; i++) {
      const { value } = await all.next();
      orders.push((value as ReturnType<typeof point>).data.salesTicker.orders);
    }
    expect(orders).toEqual([2, 2]);
    await all.return();
  });

  it('lets nobody listen who may not read', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    await test.openCafe(HARLEM, 'Asia/Tokyo', 'JPY');
    const codeFor = async (caller: CallerClaims | null, cafeId?: string) => {
      const ticker = await test.watch(caller, WATCH, { cafeId });
      const { value } = await ticker.next();
      return (value as SubgraphResponse).errors?.[0]?.extensions?.['code'];
    };
    expect(await codeFor(null)).toBe('UNAUTHENTICATED');
    expect(await codeFor({ sub: 'customer' })).toBe('FORBIDDEN');
    expect(await codeFor(managerAt(HARLEM), ASTORIA)).toBe('FORBIDDEN');
    expect(await codeFor(admin)).toBe('BAD_USER_INPUT');
    expect(await codeFor(admin, 'nowhere')).toBe('BAD_USER_INPUT');
  });
});
