import { closeTestSubgraphs } from '@crema/kit/testing';
import { Order } from '../src/entities/order.ts';
import { latte, type OrderJson } from './order-json.ts';
import { ann, ASTORIA, barista } from './people.ts';
import { createTestOrders, eventsOf } from './support.ts';

afterEach(closeTestSubgraphs);

const SLOTS = `query ($r: [_Any!]!, $date: Date!) { _entities(representations: $r) {
  ... on Cafe { pickupSlots(date: $date) { startsAt endsAt remaining } } } }`;
const QUEUE =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cafe { queue { id } } } }';
const r = [{ __typename: 'Cafe', id: ASTORIA }];

type Shop = Awaited<ReturnType<typeof createTestOrders>>;
interface SlotJson {
  startsAt: string;
  endsAt: string;
  remaining: number;
}
const slotsOf = async (shop: Shop, date: string, cafeId = ASTORIA) =>
  (
    await shop.data<{ _entities: { pickupSlots: SlotJson[] | null }[] }>(null, SLOTS, {
      r: [{ __typename: 'Cafe', id: cafeId }],
      date,
    })
  )._entities[0]!.pickupSlots;

describe('ordering ahead', () => {
  it("offers the quarters of an hour of a day's opening hours that are yet to come", async () => {
    const shop = await createTestOrders({ env: { PICKUP_SLOT_CAPACITY: '3' } });
    const today = await slotsOf(shop, '2026-03-02');
    expect(today![0]).toEqual({
      startsAt: '2026-03-02T15:15:00.000Z',
      endsAt: '2026-03-02T15:30:00.000Z',
      remaining: 3,
    });
    expect(today!.at(-1)!.endsAt).toBe('2026-03-03T00:00:00.000Z');
    expect(await slotsOf(shop, '2026-03-03')).toHaveLength(48);
    // The clocks go forward on that Sunday; the opening hours are still twelve.
    expect((await slotsOf(shop, '2026-03-08'))![0]!.startsAt).toBe('2026-03-08T11:00:00.000Z');
    expect(await slotsOf(shop, '2026-03-20')).toEqual([]);
    expect(await slotsOf(shop, '2026-03-01')).toEqual([]);
    expect(await slotsOf(shop, '2026-03-02', 'nowhere')).toBeNull();
  });

  it('takes no more orders for a slot than it has room for, however many come at once', async () => {
    const shop = await createTestOrders({ env: { PICKUP_SLOT_CAPACITY: '3' } });
    const pickupAt = '2026-03-02T16:05:00.000Z';
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.place({ pickupAt })));
    expect(answers.filter(({ order }) => order)).toHaveLength(3);
    expect(
      answers.flatMap(({ userErrors }) => userErrors.map(({ code, field }) => [code, field])),
    ).toEqual(Array.from({ length: 7 }, () => ['SLOT_FULL', ['order', 'pickupAt']]));
    const remaining = async () =>
      (await slotsOf(shop, '2026-03-02'))!.find(
        ({ startsAt }) => startsAt === '2026-03-02T16:00:00.000Z',
      )!.remaining;
    expect(await remaining()).toBe(0);
    expect((await shop.quote({ lines: [latte()], pickupAt })).userErrors).toMatchObject([
      { code: 'SLOT_FULL', field: ['pickupAt'] },
    ]);
    // The next slot is another.
    expect((await shop.place({ pickupAt: '2026-03-02T16:15:00.000Z' })).order).not.toBeNull();

    const placed = answers.find(({ order }) => order)!.order!;
    await shop.act('cancelOrder', placed.id, ann);
    expect(await remaining()).toBe(1);
    expect((await shop.place({ pickupAt })).order).not.toBeNull();
    expect(await remaining()).toBe(0);
  });

  it('gives the place back when anything else about the order is refused', async () => {
    const shop = await createTestOrders({ env: { PICKUP_SLOT_CAPACITY: '1' } });
    const pickupAt = '2026-03-02T16:05:00.000Z';
    expect((await shop.place({ pickupAt, lines: [latte(0)] })).order).toBeNull();
    expect((await shop.place({ pickupAt })).order).not.toBeNull();
  });

  it('brings the work onto the queue in time', async () => {
    const shop = await createTestOrders({
      env: { PICKUP_LEAD_MINUTES: '5', PREPARATION_SECONDS_PER_ITEM: '60' },
    });
    const queue = async () =>
      (
        await shop.data<{ _entities: { queue: { id: string }[] }[] }>(barista, QUEUE, { r })
      )._entities[0]!.queue.map(({ id }) => id);
    const pickupAt = '2026-03-02T17:00:00.000Z';
    const ahead = await shop.orderIn('CONFIRMED', { pickupAt, lines: [latte(5)] });
    const now = await shop.orderIn('CONFIRMED');
    expect(await queue()).toEqual([now.id]);
    expect(await shop.see(ahead.id)).toMatchObject({ estimatedReadyAt: pickupAt });
    expect(await shop.see(now.id)).toMatchObject({ estimatedReadyAt: '2026-03-02T15:01:00.000Z' });

    const board = eventsOf(
      await shop.watch(
        barista,
        'subscription ($c: ID!) { cafeQueueChanged(cafeId: $c) { status previousStatus order { id } } }',
        {
          c: ASTORIA,
        },
      ),
    );
    const next = board.next();
    await shop.pass(109 * 60_000);
    expect(await queue()).toEqual([now.id]);
    await shop.pass(60_000);
    expect(await queue()).toEqual([now.id, ahead.id]);
    expect(await next).toEqual({
      status: 'CONFIRMED',
      previousStatus: 'CONFIRMED',
      order: { id: ahead.id },
    });
    await board.leave();
    // Nothing about the order itself has changed.
    expect((await shop.see(ahead.id)).version).toBe(ahead.version);
    expect((await shop.see(ahead.id)).timeline).toHaveLength(3);
  });

  it('brings it the earlier the longer the café was seen to take', async () => {
    const shop = await createTestOrders({
      env: { PICKUP_LEAD_MINUTES: '5', PREPARATION_SECONDS_PER_ITEM: '60' },
    });
    const pickupAt = '2026-03-02T18:00:00.000Z';
    const early = await shop.orderIn('CONFIRMED', { pickupAt, lines: [latte(2)] });
    for (let order = 0; order < 20; order++) {
      const { id } = await shop.orderIn('PREPARING');
      shop.clock.advance(4 * 60_000);
      await shop.act('markReady', id);
      await shop.act('markCollected', id);
    }
    const later = '2026-03-02T18:30:00.000Z';
    const late = await shop.orderIn('CONFIRMED', { pickupAt: later, lines: [latte(2)] });
    const queueAt = async (id: string) =>
      (await shop.running.database!.findMany(Order, [id]))[0]!.queueAt!.getTime();
    expect(await queueAt(early.id)).toBe(Date.parse(pickupAt) - 7 * 60_000);
    // Two pieces of four minutes and five to spare, as far as twenty orders teach.
    const lead = Date.parse(later) - (await queueAt(late.id));
    expect(lead).toBeGreaterThan(12 * 60_000);
    expect(lead).toBeLessThanOrEqual(13 * 60_000);
  }, 120_000);

  it('begins the earlier the more there is to make for the same time', async () => {
    const shop = await createTestOrders({
      env: { PICKUP_LEAD_MINUTES: '5', PREPARATION_SECONDS_PER_ITEM: '60' },
    });
    const pickupAt = '2026-03-02T18:00:00.000Z';
    const ahead = { pickupAt, lines: [latte(3)] };
    const made: OrderJson[] = [];
    for (let order = 0; order < 3; order++) made.push(await shop.orderIn('CONFIRMED', ahead));
    const leads = async () =>
      (
        await shop.running.database!.findMany(
          Order,
          made.map(({ id }) => id),
        )
      ).map(({ queueAt }) => (Date.parse(pickupAt) - queueAt!.getTime()) / 60_000);
    expect((await leads()).sort((a, b) => a - b)).toEqual([8, 11, 14]);
    for (const { id } of made.splice(1)) await shop.act('cancelOrder', id, ann);
    made.push(await shop.orderIn('CONFIRMED', ahead));
    expect((await leads()).sort((a, b) => a - b)).toEqual([8, 11]);
  });

  it('lets a barista begin early', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('PREPARING', { pickupAt: '2026-03-02T20:00:00.000Z' });
    const answer = await shop.data(barista, QUEUE, { r });
    expect(answer).toEqual({ _entities: [{ queue: [{ id }] }] });
    await shop.act('markReady', id);
    // Nobody is late before the time they asked for.
    await shop.pass(5 * 3_600_000);
    expect(await shop.see(id)).toMatchObject({ status: 'READY' });
    await shop.pass(3_600_000);
    expect(await shop.see(id)).toMatchObject({ status: 'CANCELLED' });
  });
});
