import { CafeChanged, OrderPlaced } from '@crema/schema/events';
import { closeTestSubgraphs, FakeClock, runs } from '@crema/kit/testing';
import fc from 'fast-check';
import { cafeFact } from './menu.ts';
import { latte } from './order-json.ts';
import { ann, ASTORIA } from './people.ts';
import { createTestOrders, type TestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const SLOTS = `query ($r: [_Any!]!, $date: Date!) { _entities(representations: $r) {
  ... on Cafe { pickupSlots(date: $date) { startsAt endsAt remaining } } } }`;

interface SlotJson {
  startsAt: string;
  endsAt: string;
  remaining: number;
}

const slotsOf = async (shop: TestOrders, date: string) =>
  (
    await shop.data<{ _entities: { pickupSlots: SlotJson[] }[] }>(null, SLOTS, {
      r: [{ __typename: 'Cafe', id: ASTORIA }],
      date,
    })
  )._entities[0]!.pickupSlots;

const DAYS = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;
const everyDay = (opens: string, closes: string) => DAYS.map((day) => ({ day, opens, closes }));

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '10', '30', '45'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);

/** A night on which clocks change, forward or back, and one on which they do not. */
const night = fc.constantFrom(
  { timeZone: 'America/New_York', dates: ['2026-03-07', '2026-03-08'] },
  { timeZone: 'America/New_York', dates: ['2026-10-31', '2026-11-01'] },
  { timeZone: 'Europe/Berlin', dates: ['2026-03-28', '2026-03-29'] },
  { timeZone: 'Europe/Berlin', dates: ['2026-10-24', '2026-10-25'] },
  { timeZone: 'Australia/Lord_Howe', dates: ['2026-10-03', '2026-10-04'] },
  { timeZone: 'Asia/Kathmandu', dates: ['2026-06-06', '2026-06-07'] },
);

describe('pickup slots', () => {
  it('fill the opening hours without a gap or an overlap, whatever clocks do', async () => {
    await fc.assert(
      fc.asyncProperty(night, time, time, async ({ timeZone, dates }, opens, closes) => {
        const clock = new FakeClock(new Date(Date.parse(`${dates[0]}T00:00:00Z`) - 36 * 3_600_000));
        const shop = await createTestOrders({ clock });
        await shop.tell(
          CafeChanged,
          ASTORIA,
          cafeFact({ timeZone, openingHours: everyDay(opens, closes) }),
        );
        const [first, second] = [await slotsOf(shop, dates[0]!), await slotsOf(shop, dates[1]!)];
        const slots = [...first, ...second];
        expect(slots.length).toBeGreaterThan(0);
        for (const [index, { startsAt, endsAt }] of slots.entries()) {
          const length = Date.parse(endsAt) - Date.parse(startsAt);
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(15 * 60_000);
          const next = slots[index + 1];
          if (next) expect(next.startsAt >= endsAt).toBe(true);
          if (next && next !== second[0]) expect(next.startsAt).toBe(endsAt);
        }
        const problems = async (instant: number) =>
          (
            await shop.quote({ lines: [latte()], pickupAt: new Date(instant).toISOString() })
          ).userErrors.map(({ code }) => code);
        for (const day of [first, second].filter(({ length }) => length > 0)) {
          const [from, to] = [Date.parse(day[0]!.startsAt), Date.parse(day.at(-1)!.endsAt)];
          expect(await problems(from)).toEqual([]);
          expect(await problems(to - 1)).toEqual([]);
          const isRoundTheClock = opens === closes;
          if (isRoundTheClock) continue;
          expect(await problems(from - 1)).toEqual(['CAFE_CLOSED']);
          expect(await problems(to)).toEqual(['CAFE_CLOSED']);
        }
        await closeTestSubgraphs();
      }),
      { numRuns: runs(16) },
    );
  }, 120_000);

  it('are not offered on a day that the café is closed, and are fewer on a short one', async () => {
    const shop = await createTestOrders();
    const special = [
      { date: '2026-03-03', opens: null, closes: null },
      { date: '2026-03-04', opens: '09:00', closes: '10:10' },
    ];
    await shop.tell(CafeChanged, ASTORIA, cafeFact({ specialHours: special }));
    expect(await slotsOf(shop, '2026-03-03')).toEqual([]);
    expect((await slotsOf(shop, '2026-03-04')).map(({ endsAt }) => endsAt.slice(11, 16))).toEqual([
      '14:15',
      '14:30',
      '14:45',
      '15:00',
      '15:10',
    ]);
    const closed = await shop.place({ pickupAt: '2026-03-03T15:00:00.000Z' });
    expect(closed.userErrors).toMatchObject([
      { code: 'CAFE_CLOSED', field: ['order', 'pickupAt'] },
    ]);
  });

  it('are each of one opening, though the night before reaches into the day', async () => {
    const shop = await createTestOrders({ env: { PICKUP_SLOT_CAPACITY: '1' } });
    const openingHours = [
      { day: 'MONDAY' as const, opens: '18:00', closes: '03:00' },
      { day: 'TUESDAY' as const, opens: '02:10', closes: '04:00' },
    ];
    await shop.tell(CafeChanged, ASTORIA, cafeFact({ openingHours }));
    const tuesday = await slotsOf(shop, '2026-03-03');
    expect(tuesday.map(({ startsAt }) => startsAt.slice(11, 16))).toEqual([
      '08:00',
      '08:15',
      '08:30',
      '08:45',
    ]);
    await shop.place({ pickupAt: tuesday[0]!.startsAt });
    expect((await slotsOf(shop, '2026-03-03')).map(({ remaining }) => remaining)).toEqual([
      0, 1, 1, 1,
    ]);
  });

  it('give their last place to one of a hundred who ask at once, and keep nothing of the others', async () => {
    const shop = await createTestOrders({ env: { PICKUP_SLOT_CAPACITY: '1' } });
    const pickupAt = '2026-03-02T16:00:00.000Z';
    const answers = await Promise.all(Array.from({ length: 100 }, () => shop.place({ pickupAt })));
    const placed = answers.flatMap(({ order }) => order ?? []);
    expect(placed).toHaveLength(1);
    expect(
      new Set(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))),
    ).toEqual(new Set(['SLOT_FULL']));
    expect((await shop.published(OrderPlaced)).map(({ key }) => key)).toEqual([placed[0]!.id]);
    // A number that nobody got was not used up.
    expect((await shop.place()).order!.number).toBe('A-002');

    // A place comes back once, however often its order is ended.
    await Promise.all([1, 2, 3].map(() => shop.act('cancelOrder', placed[0]!.id, ann)));
    const again = await Promise.all([1, 2, 3].map(() => shop.place({ pickupAt })));
    expect(again.filter(({ order }) => order)).toHaveLength(1);
  }, 120_000);

  it.each(['PLACED', 'RESERVED', 'CONFIRMED', 'PREPARING'])(
    'take another order when one that is %s ends early',
    async (status) => {
      const shop = await createTestOrders({ env: { PICKUP_SLOT_CAPACITY: '1' } });
      const pickupAt = '2026-03-02T16:00:00.000Z';
      const { id } = await shop.orderIn(status, { pickupAt });
      expect((await shop.place({ pickupAt })).userErrors).toMatchObject([{ code: 'SLOT_FULL' }]);
      const ends: Record<string, () => Promise<unknown>> = {
        PLACED: () => shop.refusedStock(id),
        RESERVED: () => shop.refusedPayment(id),
        CONFIRMED: () => shop.act('cancelOrder', id, ann),
        PREPARING: () => shop.act('rejectOrder', id),
      };
      await ends[status]!();
      expect((await shop.place({ pickupAt })).order).not.toBeNull();
    },
  );
});
