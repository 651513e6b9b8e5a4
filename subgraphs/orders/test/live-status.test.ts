import type { CallerClaims } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { CafeDesk } from '../src/entities/cafe-desk.ts';
import { OrderChange } from '../src/entities/order-change.ts';
import { OrderStatus } from '../src/entities/order-status.ts';
import { type Json } from './order-json.ts';
import { admin, ann, ASTORIA, barista, baristaElsewhere, bob, HARLEM } from './people.ts';
import { createTestOrders, eventsOf, type TestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const ORDER = `subscription ($id: ID!, $after: String) { orderStatusChanged(orderId: $id, after: $after) {
  eventId at status previousStatus order { id status version } } }`;
const CAFE = `subscription ($id: ID!, $after: String) { cafeQueueChanged(cafeId: $id, after: $after) {
  eventId status previousStatus order { id } } }`;

const watch = async (
  shop: TestOrders,
  query: string,
  id: string,
  { by = ann, after }: { by?: CallerClaims | null; after?: string } = {},
) => eventsOf(await shop.watch(by, query, { id, after }));

const rest = async (events: ReturnType<typeof eventsOf>): Promise<Json[]> => {
  const all: Json[] = [];
  for (let event = await events.next(); event; event = await events.next()) all.push(event);
  return all;
};

describe("an order's live status", () => {
  it('begins with the present, goes on with every change and ends with the last', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('CONFIRMED');
    const live = await watch(shop, ORDER, id);
    expect(await live.next()).toEqual({
      eventId: '3',
      at: '2026-03-02T15:00:00.000Z',
      status: 'CONFIRMED',
      previousStatus: 'RESERVED',
      order: { id, status: 'CONFIRMED', version: 3 },
    });
    const next = live.next();
    await shop.act('startPreparing', id);
    expect(await next).toMatchObject({
      eventId: '4',
      status: 'PREPARING',
      order: { status: 'PREPARING' },
    });
    await shop.act('markReady', id);
    await shop.act('markCollected', id);
    expect((await rest(live)).map(({ status }) => status)).toEqual(['READY', 'COLLECTED']);
  });

  it('replays what a client has missed, without a gap or a double, and goes on', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('PREPARING');
    await shop.orderIn('CONFIRMED');
    const live = await watch(shop, ORDER, id, { after: '2' });
    expect([await live.next(), await live.next()]).toMatchObject([
      { eventId: '3', status: 'CONFIRMED' },
      { eventId: '4', status: 'PREPARING' },
    ]);
    const [ready] = await Promise.all([live.next(), shop.act('markReady', id)]);
    expect(ready).toMatchObject({ status: 'READY', previousStatus: 'PREPARING' });
    await live.leave();
    await shop.act('recallOrder', id);
    await shop.act('markReady', id);
    await shop.act('markCollected', id);
    const again = await watch(shop, ORDER, id, { after: ready!['eventId'] as string });
    expect((await rest(again)).map(({ status }) => status)).toEqual([
      'PREPARING',
      'READY',
      'COLLECTED',
    ]);
  });

  it('replays everything after 0, and ends at once when all is said', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('COLLECTED');
    const all = await rest(await watch(shop, ORDER, id, { after: '0' }));
    expect(all.map(({ status, previousStatus }) => [previousStatus, status])).toEqual([
      [null, 'PLACED'],
      ['PLACED', 'RESERVED'],
      ['RESERVED', 'CONFIRMED'],
      ['CONFIRMED', 'PREPARING'],
      ['PREPARING', 'READY'],
      ['READY', 'COLLECTED'],
    ]);
    const last = all.at(-1)!['eventId'] as string;
    expect(await rest(await watch(shop, ORDER, id, { after: last }))).toEqual([]);
    expect(await rest(await watch(shop, ORDER, id, { after: '999' }))).toEqual([]);
    expect((await rest(await watch(shop, ORDER, id))).map(({ status }) => status)).toEqual([
      'COLLECTED',
    ]);
  });

  it('tells every subscriber the same while changes race with subscribing', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('CONFIRMED');
    const watching = Array.from({ length: 8 }, async () =>
      rest(await watch(shop, ORDER, id, { after: '0' })),
    );
    await shop.act('startPreparing', id);
    watching.push(
      ...Array.from({ length: 8 }, async () => rest(await watch(shop, ORDER, id, { after: '0' }))),
    );
    await shop.act('markReady', id);
    await shop.act('markCollected', id);
    for (const events of await Promise.all(watching)) {
      expect(events.map(({ eventId }) => eventId)).toEqual(['1', '2', '3', '4', '5', '6']);
    }
  });

  it("is its customer's and its café's alone", async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('COLLECTED');
    for (const by of [ann, barista, { ...barista, scope: 'orders:read' }, admin]) {
      expect(await rest(await watch(shop, ORDER, id, { by }))).toHaveLength(1);
    }
    const errorOf = async (by: CallerClaims | null, orderId: string, after?: string) =>
      (await (await shop.watch(by, ORDER, { id: orderId, after })).next()).value!.errors![0]!
        .extensions;
    expect(await errorOf(bob, id)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await errorOf(baristaElsewhere, id)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await errorOf(null, id)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await errorOf(ann, 'nope')).toMatchObject({ code: 'NOT_FOUND' });
    for (const after of ['-1', 'x', '', '1e3', '99999999999999999999']) {
      expect(await errorOf(ann, id, after)).toMatchObject({
        code: 'BAD_USER_INPUT',
        problems: [{ code: 'INVALID_INPUT', field: ['after'] }],
      });
    }
  });
});

describe("a café's live queue", () => {
  it('tells every change of every order there, from now on', async () => {
    const shop = await createTestOrders();
    const before = await shop.orderIn('CONFIRMED');
    const live = await watch(shop, CAFE, ASTORIA, { by: barista });
    const first = live.next();
    await shop.place({ cafeId: HARLEM });
    const { order } = await shop.place();
    expect(await first).toEqual({
      eventId: '4',
      status: 'PLACED',
      previousStatus: null,
      order: { id: order!.id },
    });
    await shop.act('startPreparing', before.id);
    expect(await live.next()).toMatchObject({
      eventId: '5',
      status: 'PREPARING',
      order: { id: before.id },
    });
    await live.leave();
  });

  it('resumes after an absence of any length', async () => {
    const shop = await createTestOrders();
    await shop.place();
    const { database } = shop.running;
    const [first] = await database!.read.find(OrderChange);
    await database!.transaction(async (tx) => {
      const changes = Array.from({ length: 1_199 }, (_, index) => ({
        ...first!,
        position: index + 2,
        status: OrderStatus.READY,
        previousStatus: OrderStatus.PREPARING,
      }));
      tx.insert(OrderChange, ...changes);
      tx.update(CafeDesk, ASTORIA, { position: 1_200 });
    });
    const live = await watch(shop, CAFE, ASTORIA, { by: barista, after: '1' });
    for (let position = 2; position <= 1_200; position++) {
      expect(await live.next()).toMatchObject({ eventId: String(position) });
    }
    const next = live.next();
    await shop.place();
    expect(await next).toMatchObject({ eventId: '1201', status: 'PLACED' });
    await live.leave();
  });

  it('is for who works there', async () => {
    const shop = await createTestOrders();
    for (const [by, code] of [
      [ann, 'FORBIDDEN'],
      [baristaElsewhere, 'FORBIDDEN'],
      [{ ...barista, scope: 'orders:read' }, 'FORBIDDEN'],
      [null, 'UNAUTHENTICATED'],
    ] as const) {
      const answer = (await (await shop.watch(by, CAFE, { id: ASTORIA })).next()).value!;
      expect(answer.errors![0]!.extensions).toMatchObject({ code });
    }
    const answer = (await (await shop.watch(barista, CAFE, { id: ASTORIA, after: 'x' })).next())
      .value!;
    expect(answer.errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
