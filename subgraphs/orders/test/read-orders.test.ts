import type { CallerClaims } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { ORDER_FIELDS, type Json } from './order-json.ts';
import { admin, ann, ASTORIA, barista, baristaElsewhere, bob, HARLEM } from './people.ts';
import { createTestOrders, type TestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

interface PageJson {
  nodes: { id: string; number: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

const PAGE = 'nodes { id number } pageInfo { hasNextPage hasPreviousPage endCursor }';
const OF_USER = `query ($r: [_Any!]!, $first: Int, $after: String, $status: [OrderStatus!]) {
  _entities(representations: $r) { ... on User { orders(first: $first, after: $after, status: $status) { ${PAGE} } } } }`;
const OF_CAFE = `query ($first: Int, $after: String, $cafeId: ID, $status: [OrderStatus!], $from: DateTime, $to: DateTime) {
  orders(first: $first, after: $after, cafeId: $cafeId, status: $status, placedFrom: $from, placedTo: $to) { ${PAGE} } }`;
const ENTITIES =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Order { id status } } }';

const user = (id: string) => ({ r: [{ __typename: 'User', id }] });
const ofUser = async (shop: TestOrders, by: CallerClaims, id: string, variables: Json = {}) =>
  (
    await shop.data<{ _entities: { orders: PageJson }[] }>(by, OF_USER, {
      ...user(id),
      ...variables,
    })
  )._entities[0]!.orders;
const ofCafe = async (shop: TestOrders, by: CallerClaims, variables: Json = {}) =>
  (await shop.data<{ orders: PageJson }>(by, OF_CAFE, variables)).orders;
const codeOf = async (shop: TestOrders, by: CallerClaims | null, query: string, variables: Json) =>
  (await shop.ask(by, query, variables)).errors?.[0]?.extensions?.['code'];

describe('reading one order', () => {
  it('is for its customer, the staff of its café and administrators', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('CONFIRMED');
    const query = 'query ($id: ID!) { order(id: $id) { id } }';
    for (const by of [ann, barista, { ...barista, scope: 'orders:read' }, admin]) {
      expect(await shop.data(by, query, { id })).toEqual({ order: { id } });
    }
    expect(await codeOf(shop, bob, query, { id })).toBe('FORBIDDEN');
    expect(await codeOf(shop, baristaElsewhere, query, { id })).toBe('FORBIDDEN');
    expect(await codeOf(shop, null, query, { id })).toBe('UNAUTHENTICATED');
    expect(await shop.ask(ann, query, { id: 'nope' })).toEqual({ data: { order: null } });
  });

  it('by reference tells others nothing, not even that it exists', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('CONFIRMED');
    const r = [
      { __typename: 'Order', id },
      { __typename: 'Order', id: 'nope' },
    ];
    for (const by of [ann, barista, admin]) {
      expect(await shop.ask(by, ENTITIES, { r })).toEqual({
        data: { _entities: [{ id, status: 'CONFIRMED' }, null] },
      });
    }
    for (const by of [bob, baristaElsewhere, null]) {
      expect(await shop.ask(by, ENTITIES, { r })).toEqual({ data: { _entities: [null, null] } });
    }
  });
});

describe("a person's orders", () => {
  it('come newest first, page by page, each once', async () => {
    const shop = await createTestOrders();
    const placed: string[] = [];
    for (let index = 0; index < 7; index++) {
      placed.unshift((await shop.place()).order!.id);
      // Some share their millisecond.
      if (index % 3 === 0) shop.clock.advance(1_000);
    }
    await shop.place({}, { by: bob });
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const { nodes, pageInfo } = await ofUser(shop, ann, 'ann', { first: 3, after });
      seen.push(...nodes.map(({ id }) => id));
      expect(pageInfo.hasPreviousPage).toBe(page > 0);
      expect(pageInfo.hasNextPage).toBe(page < 2);
      after = pageInfo.endCursor;
    }
    expect([...seen].sort()).toEqual([...placed].sort());
    expect(new Set(seen).size).toBe(7);
    expect(seen.slice(0, 3).sort()).toEqual(placed.slice(0, 3).sort());
    expect(seen.at(-1)).toBe(placed.at(-1));
  });

  it('can be narrowed to what they are now', async () => {
    const shop = await createTestOrders();
    const ready = await shop.orderIn('READY');
    const placed = await shop.orderIn('PLACED');
    const ids = async (status: string[]) =>
      (await ofUser(shop, ann, 'ann', { status })).nodes.map(({ id }) => id);
    expect(await ids(['READY'])).toEqual([ready.id]);
    expect((await ids(['READY', 'PLACED'])).sort()).toEqual([ready.id, placed.id].sort());
    expect(await ids(['COLLECTED'])).toEqual([]);
    expect(await ids([])).toEqual([]);
  });

  it("are nobody else's; staff sees those at its cafés", async () => {
    const shop = await createTestOrders();
    const { order } = await shop.place();
    const elsewhere = (await shop.place({ cafeId: HARLEM })).order!;
    for (const by of [bob, null, { ...barista, scope: 'queue:work' }]) {
      const answer = await shop.ask(by, OF_USER, user('ann'));
      expect(answer.data).toEqual({ _entities: [{ orders: null }] });
      expect(answer.errors![0]!.extensions).toMatchObject({
        code: by ? 'FORBIDDEN' : 'UNAUTHENTICATED',
      });
    }
    const ids = async (by: CallerClaims) =>
      (await ofUser(shop, by, 'ann')).nodes.map(({ id }) => id).sort();
    expect(await ids(barista)).toEqual([order!.id]);
    expect(await ids(baristaElsewhere)).toEqual([elsewhere.id]);
    expect(await ids(admin)).toEqual([order!.id, elsewhere.id].sort());
  });

  it('refuse a page that is none', async () => {
    const shop = await createTestOrders();
    for (const variables of [
      { first: 0 },
      { first: 101 },
      { after: 'nonsense' },
      { after: 'WyJ4Il0' },
    ]) {
      expect(await codeOf(shop, ann, OF_USER, { ...user('ann'), ...variables })).toBe(
        'BAD_USER_INPUT',
      );
    }
  });
});

describe("a café's orders", () => {
  it('are for its staff; who works everywhere sees all', async () => {
    const shop = await createTestOrders();
    const here = (await shop.place()).order!;
    shop.clock.advance(60_000);
    const there = (await shop.place({ cafeId: HARLEM })).order!;
    const ids = async (by: CallerClaims, variables: Json = {}) =>
      (await ofCafe(shop, by, variables)).nodes.map(({ id }) => id);
    expect(await ids(barista, { cafeId: ASTORIA })).toEqual([here.id]);
    expect(await ids(admin)).toEqual([there.id, here.id]);
    expect(await ids(admin, { cafeId: HARLEM })).toEqual([there.id]);
    expect(await ids(admin, { from: '2026-03-02T15:01:00.000Z' })).toEqual([there.id]);
    expect(await ids(admin, { to: '2026-03-02T15:01:00.000Z' })).toEqual([here.id]);
    expect(await ids(admin, { status: ['READY'] })).toEqual([]);

    expect(await codeOf(shop, barista, OF_CAFE, {})).toBe('BAD_USER_INPUT');
    expect(await codeOf(shop, barista, OF_CAFE, { cafeId: HARLEM })).toBe('FORBIDDEN');
    expect(
      await codeOf(shop, { ...barista, scope: 'queue:work' }, OF_CAFE, { cafeId: ASTORIA }),
    ).toBe('FORBIDDEN');
    expect(await codeOf(shop, ann, OF_CAFE, { cafeId: ASTORIA })).toBe('FORBIDDEN');
    expect(await codeOf(shop, null, OF_CAFE, { cafeId: ASTORIA })).toBe('UNAUTHENTICATED');
  });

  it('cost the same few statements for one as for twenty', async () => {
    const shop = await createTestOrders();
    const query = `{ orders(first: 20) { nodes { ${ORDER_FIELDS} } } }`;
    const count = async () => {
      shop.statements.length = 0;
      const { orders } = await shop.data<{ orders: { nodes: unknown[] } }>(admin, query);
      return [orders.nodes.length, shop.statements.length] as const;
    };
    await shop.orderIn('CONFIRMED');
    const [, one] = await count();
    for (let index = 0; index < 19; index++) await shop.place(index % 2 ? {} : { cafeId: HARLEM });
    const [nodes, twenty] = await count();
    expect(nodes).toBe(20);
    expect(twenty).toBe(one);
    expect(twenty).toBeLessThanOrEqual(5);
  });

  it('are found by an index on every page', async () => {
    const shop = await createTestOrders();
    for (let index = 0; index < 3; index++) await shop.place();
    const page = await ofCafe(shop, barista, { cafeId: ASTORIA, first: 1 });
    shop.statements.length = 0;
    await ofCafe(shop, barista, { cafeId: ASTORIA, first: 1, after: page.pageInfo.endCursor });
    await ofUser(shop, ann, 'ann', { first: 1, after: page.pageInfo.endCursor });
    // The others scan tables as small as these, whatever indexes there are.
    if (shop.running.database!.read.connection.options.type !== 'better-sqlite3') return;
    for (const sql of [...shop.statements]) {
      const plan: { detail: string }[] = await shop.running.database!.read.query(
        `EXPLAIN QUERY PLAN ${sql}`,
        Array.from({ length: sql.split('?').length - 1 }, () => 1),
      );
      const details = plan.map(({ detail }) => detail).join('; ');
      expect(details).toMatch(/SEARCH .* USING INDEX .*placed_at/);
      expect(details).not.toMatch(/TEMP B-TREE/);
    }
  });
});
