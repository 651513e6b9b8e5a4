import { closeTestSubgraphs, FakeClock } from '@crema/kit/testing';
import { CafeChanged, PrivilegedWriteMade } from '@crema/schema/events';
import {
  admin,
  ASTORIA,
  baristaOf,
  createTestCafes,
  HELLS_KITCHEN,
  LOWER_MANHATTAN,
  managerOf,
  type CafesTest,
  type UserErrors,
} from './support.ts';

afterEach(closeTestSubgraphs);

const SET = `mutation ($cafeId: ID!, $hours: [OpeningHoursInput!]!, $special: [SpecialHoursInput!]) {
  setOpeningHours(cafeId: $cafeId, hours: $hours, special: $special) {
    cafe { openingHours { day opens closes } specialHours { date opens closes reason } }
    userErrors { code field }
  }
}`;

interface Payload extends UserErrors {
  cafe: { openingHours: unknown[]; specialHours: unknown[] } | null;
}

const set = async (
  test: CafesTest,
  hours: unknown[],
  special?: unknown[] | null,
  caller = managerOf(ASTORIA),
): Promise<Payload> =>
  (
    await test.data<{ setOpeningHours: Payload }>(caller, SET, {
      cafeId: ASTORIA,
      hours,
      ...(special !== undefined && { special }),
    })
  ).setOpeningHours;

const span = (day: string, opens: string, closes: string) => ({ day, opens, closes });

const stateOf = async (test: CafesTest, id: string, at: string | null = null) =>
  (
    await test.data<{ cafe: Record<string, unknown> }>(
      null,
      'query ($id: ID!, $at: DateTime) { cafe(id: $id) { isOpen(at: $at) acceptsOrders nextOpening } }',
      { id, at },
    )
  ).cafe;

describe('setting the hours', () => {
  it('replaces the week, in its order, and tells everybody', async () => {
    const test = await createTestCafes();
    const friday = [span('FRIDAY', '18:00', '02:00'), span('FRIDAY', '08:00', '18:00')];
    const payload = await set(test, [...friday, span('MONDAY', '00:00', '00:00')]);
    expect(payload).toEqual({
      userErrors: [],
      cafe: {
        openingHours: [span('MONDAY', '00:00', '00:00'), friday[1], friday[0]],
        specialHours: [],
      },
    });
    expect((await test.published(CafeChanged)).at(-1)).toMatchObject({
      key: ASTORIA,
      data: { openingHours: payload.cafe!.openingHours, specialHours: [] },
    });
    expect((await test.published(PrivilegedWriteMade)).at(-1)!.data).toMatchObject({
      action: 'cafes.setOpeningHours',
      target: `Cafe:${ASTORIA}`,
      details: '3 weekly, same special',
    });
  });

  it('keeps the special days that are not given, and clears them with an empty list', async () => {
    const test = await createTestCafes();
    const closed = { date: '2026-12-25', opens: null, closes: null, reason: 'Christmas' };
    const short = { date: '2026-12-24', opens: '08:00', closes: '13:00', reason: null };
    expect((await set(test, [], [closed, short])).cafe!.specialHours).toEqual([short, closed]);
    expect((await test.published(CafeChanged)).at(-1)!.data.specialHours).toEqual([
      { date: '2026-12-24', opens: '08:00', closes: '13:00' },
      { date: '2026-12-25', opens: null, closes: null },
    ]);
    expect((await set(test, [])).cafe!.specialHours).toHaveLength(2);
    expect((await set(test, [], null)).cafe!.specialHours).toHaveLength(2);
    expect((await set(test, [], [])).cafe!.specialHours).toHaveLength(0);
  });

  it('refuses spans of one day that overlap, and names them', async () => {
    const test = await createTestCafes();
    const payload = await set(test, [
      span('MONDAY', '08:00', '12:00'),
      span('TUESDAY', '08:00', '12:00'),
      span('MONDAY', '12:00', '14:00'),
      span('MONDAY', '11:59', '12:01'),
      span('FRIDAY', '22:00', '04:00'),
      span('FRIDAY', '23:00', '23:30'),
    ]);
    expect(payload).toEqual({
      cafe: null,
      userErrors: [
        { code: 'HOURS_OVERLAP', field: ['hours', '3'] },
        { code: 'HOURS_OVERLAP', field: ['hours', '5'] },
      ],
    });
    expect(await test.published(PrivilegedWriteMade)).toHaveLength(0);
  });

  it('refuses a whole day beside anything else of that day', async () => {
    const test = await createTestCafes();
    const payload = await set(test, [
      span('MONDAY', '00:00', '00:00'),
      span('MONDAY', '23:59', '00:00'),
    ]);
    expect(payload.userErrors).toEqual([{ code: 'HOURS_OVERLAP', field: ['hours', '1'] }]);
  });

  it('refuses special days that stand twice, lack a time or have a wrong reason', async () => {
    const test = await createTestCafes();
    const payload = await set(
      test,
      [],
      [
        { date: '2026-07-04' },
        { date: '2026-07-04' },
        { date: '2026-07-05', opens: '08:00' },
        { date: '2026-07-06', closes: '08:00', reason: ' ' },
        { date: '2026-07-07', reason: 'x'.repeat(201) },
      ],
    );
    expect(payload.userErrors).toEqual([
      { code: 'DUPLICATE_DAY', field: ['special', '1', 'date'] },
      { code: 'INVALID_INPUT', field: ['special', '2', 'closes'] },
      { code: 'INVALID_INPUT', field: ['special', '3', 'opens'] },
      { code: 'INVALID_INPUT', field: ['special', '3', 'reason'] },
      { code: 'INVALID_INPUT', field: ['special', '4', 'reason'] },
    ]);
  });

  it('refuses lists without end, and unknown cafés', async () => {
    const test = await createTestCafes();
    const many = Array.from({ length: 71 }, () => span('MONDAY', '08:00', '09:00'));
    expect((await set(test, many)).userErrors).toEqual([
      { code: 'INVALID_INPUT', field: ['hours'] },
    ]);
    const days = Array.from({ length: 401 }, () => ({ date: '2026-07-04' }));
    expect((await set(test, [], days)).userErrors).toEqual([
      { code: 'INVALID_INPUT', field: ['special'] },
    ]);
    const none = await test.data(admin, SET, { cafeId: 'none', hours: [] });
    expect(none).toMatchObject({
      setOpeningHours: { userErrors: [{ code: 'NOT_FOUND', field: ['cafeId'] }] },
    });
  });

  it('is for those who may write at that café', async () => {
    const test = await createTestCafes();
    const variables = { cafeId: ASTORIA, hours: [] };
    expect(await test.errors(null, SET, variables)).toEqual(['UNAUTHENTICATED']);
    for (const caller of [baristaOf(ASTORIA), managerOf(HELLS_KITCHEN)]) {
      expect(await test.errors(caller, SET, variables)).toEqual(['FORBIDDEN']);
    }
    expect(await test.published(CafeChanged)).toHaveLength(3);
  });
});

describe('whether a café is open', () => {
  it('follows the clock of its place', async () => {
    const clock = new FakeClock('2026-03-02T11:59:59.999Z');
    const test = await createTestCafes({ clock });
    expect(await stateOf(test, ASTORIA)).toEqual({
      isOpen: false,
      acceptsOrders: false,
      nextOpening: '2026-03-02T12:00:00.000Z',
    });
    clock.advance(1);
    expect(await stateOf(test, ASTORIA)).toEqual({
      isOpen: true,
      acceptsOrders: true,
      nextOpening: null,
    });
    clock.advance(12 * 3_600_000);
    expect(await stateOf(test, ASTORIA)).toMatchObject({
      isOpen: false,
      nextOpening: '2026-03-03T12:00:00.000Z',
    });
  });

  it('can be asked for any instant, also around the change of clocks', async () => {
    const test = await createTestCafes();
    const isOpen = async (at: string) => (await stateOf(test, ASTORIA, at))['isOpen'];
    expect(await isOpen('2026-03-08T11:59:00.000Z')).toBe(false);
    // Sunday, 08:00 of summer time.
    expect(await isOpen('2026-03-08T12:00:00.000Z')).toBe(true);
    // The Sunday before, 08:00 of winter time.
    expect(await isOpen('2026-03-01T12:59:00.000Z')).toBe(false);
    expect(await isOpen('2026-03-01T13:00:00.000Z')).toBe(true);
  });

  it('goes past midnight at the weekend, and around the clock where there is no night', async () => {
    const test = await createTestCafes();
    const openAt = async (id: string, at: string) => (await stateOf(test, id, at))['isOpen'];
    // Saturday, 01:29 and 01:30.
    expect(await openAt(HELLS_KITCHEN, '2026-03-07T06:29:00.000Z')).toBe(true);
    expect(await openAt(HELLS_KITCHEN, '2026-03-07T06:30:00.000Z')).toBe(false);
    for (const hour of ['00', '05', '08', '12', '23']) {
      expect(await openAt(LOWER_MANHATTAN, `2026-03-08T${hour}:30:00.000Z`)).toBe(true);
    }
  });

  it('heeds special days', async () => {
    const test = await createTestCafes();
    await set(test, [span('MONDAY', '07:00', '19:00')], [{ date: '2026-03-02' }]);
    expect(await stateOf(test, ASTORIA)).toEqual({
      isOpen: false,
      acceptsOrders: false,
      nextOpening: '2026-03-09T11:00:00.000Z',
    });
  });
});
