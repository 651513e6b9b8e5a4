import { closeTestSubgraphs } from '@crema/kit/testing';
import { CafeChanged, PrivilegedWriteMade } from '@crema/schema/events';
import {
  admin,
  ASTORIA,
  baristaOf,
  createTestCafes,
  customer,
  HELLS_KITCHEN,
  managerOf,
} from './support.ts';

afterEach(closeTestSubgraphs);

const FIELDS = '{ cafe { orderingPausedReason acceptsOrders isOpen } userErrors { code field } }';
const PAUSE = `mutation ($cafeId: ID!, $reason: String!) { pauseOrdering(cafeId: $cafeId, reason: $reason) ${FIELDS} }`;
const RESUME = `mutation ($cafeId: ID!) { resumeOrdering(cafeId: $cafeId) ${FIELDS} }`;

describe('pausing', () => {
  it('takes no orders until it is resumed, and tells everybody why', async () => {
    const test = await createTestCafes();
    const barista = baristaOf(ASTORIA);
    const paused = await test.data(barista, PAUSE, { cafeId: ASTORIA, reason: ' No milk ' });
    expect(paused).toEqual({
      pauseOrdering: {
        cafe: { orderingPausedReason: 'No milk', acceptsOrders: false, isOpen: true },
        userErrors: [],
      },
    });
    const resumed = await test.data(barista, RESUME, { cafeId: ASTORIA });
    expect(resumed).toEqual({
      resumeOrdering: {
        cafe: { orderingPausedReason: null, acceptsOrders: true, isOpen: true },
        userErrors: [],
      },
    });
    const reasons = (await test.published(CafeChanged))
      .slice(3)
      .map(({ key, data }) => [key, data.orderingPausedReason]);
    expect(reasons).toEqual([
      [ASTORIA, 'No milk'],
      [ASTORIA, null],
    ]);
    expect((await test.published(PrivilegedWriteMade)).map(({ data }) => data)).toMatchObject([
      { actorId: 'barista', action: 'cafes.pauseOrdering', details: 'No milk' },
      { actorId: 'barista', action: 'cafes.resumeOrdering', details: null },
    ]);
  });

  it('is told once however often it is done, and again with another reason', async () => {
    const test = await createTestCafes();
    for (const reason of ['No milk', 'No milk', 'No beans']) {
      await test.data(admin, PAUSE, { cafeId: ASTORIA, reason });
    }
    await test.data(admin, RESUME, { cafeId: ASTORIA });
    await test.data(admin, RESUME, { cafeId: ASTORIA });
    const reasons = (await test.published(CafeChanged)).slice(3);
    expect(reasons.map(({ data }) => data.orderingPausedReason)).toEqual([
      'No milk',
      'No beans',
      null,
    ]);
  });

  it('needs a reason of 1 to 200 characters', async () => {
    const test = await createTestCafes();
    for (const reason of ['', '   ', 'x'.repeat(201)]) {
      expect(await test.data(baristaOf(ASTORIA), PAUSE, { cafeId: ASTORIA, reason })).toEqual({
        pauseOrdering: { cafe: null, userErrors: [{ code: 'INVALID_INPUT', field: ['reason'] }] },
      });
    }
  });

  it('refuses unknown cafés', async () => {
    const test = await createTestCafes();
    const userErrors = [{ code: 'NOT_FOUND', field: ['cafeId'] }];
    expect(await test.data(admin, PAUSE, { cafeId: 'none', reason: 'x' })).toMatchObject({
      pauseOrdering: { userErrors },
    });
    expect(await test.data(admin, RESUME, { cafeId: 'none' })).toMatchObject({
      resumeOrdering: { userErrors },
    });
  });

  it('is not for customers or the staff of another café', async () => {
    const test = await createTestCafes();
    const pause = { cafeId: ASTORIA, reason: 'x' };
    expect(await test.errors(null, PAUSE, pause)).toEqual(['UNAUTHENTICATED']);
    expect(await test.errors(null, RESUME, pause)).toEqual(['UNAUTHENTICATED']);
    for (const caller of [customer, baristaOf(HELLS_KITCHEN), managerOf(HELLS_KITCHEN)]) {
      expect(await test.errors(caller, PAUSE, pause)).toEqual(['FORBIDDEN']);
      expect(await test.errors(caller, RESUME, pause)).toEqual(['FORBIDDEN']);
    }
    expect(await test.published(CafeChanged)).toHaveLength(3);
  });
});

describe('the demo', () => {
  it('has three cafés, told once, however often it is loaded', async () => {
    const test = await createTestCafes();
    await test.running.subgraph.loadDemo!();
    const facts = await test.published(CafeChanged);
    expect(facts.map(({ key }) => key)).toHaveLength(3);
    expect(facts.map(({ data }) => data.slug)).toEqual([
      'astoria',
      'hells-kitchen',
      'lower-manhattan',
    ]);
    for (const { data } of facts) {
      expect(data).toMatchObject({
        taxRate: '8.875',
        currency: 'USD',
        timeZone: 'America/New_York',
      });
      expect(data.openingHours).toHaveLength(7);
    }
  });
});
