import { closeTestSubgraphs, FakeClock } from '@crema/kit/testing';
import fc from 'fast-check';
import { Cafe } from '../src/entities/cafe.ts';
import { cafeOf } from '../src/services/cafe-service.ts';
import { distanceKm, type Point } from '../src/services/geo.ts';
import {
  ASTORIA,
  createTestCafes,
  HELLS_KITCHEN,
  LOWER_MANHATTAN,
  type CafesTest,
} from './support.ts';

afterEach(closeTestSubgraphs);

interface Page {
  cafes: {
    totalCount: number;
    edges: { cursor: string; distanceKm: number | null; node: { id: string } }[];
    nodes: { id: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

const LIST = `query ($first: Int, $after: String, $near: GeoPointInput, $radiusKm: Float, $openNow: Boolean) {
  cafes(first: $first, after: $after, near: $near, radiusKm: $radiusKm, openNow: $openNow) {
    totalCount edges { cursor distanceKm node { id } } nodes { id }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

const list = async (test: CafesTest, variables: Record<string, unknown> = {}) =>
  (await test.data<Page>(null, LIST, variables)).cafes;

const idsOf = ({ nodes }: Page['cafes']) => nodes.map(({ id }) => id);

/** Those that are about cafés; the relay looks after the outbox beside them. */
const statementsOf = ({ statements }: CafesTest) =>
  statements.filter((sql) => sql.includes('"cafes"'));

const BATTERY: Point = { latitude: 40.7033, longitude: -74.017 };

/** Reads the whole list, so many at a time. */
async function readAll(test: CafesTest, variables: Record<string, unknown>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const page: Page['cafes'] = await list(test, { ...variables, after });
    ids.push(...idsOf(page));
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    if (!page.pageInfo.hasNextPage) return ids;
    after = page.pageInfo.endCursor;
  }
}

async function openMany(test: CafesTest, points: readonly Point[]): Promise<void> {
  const cafes = points.map((location, index) => {
    const cafe = cafeOf(`cafe-${String(index).padStart(3, '0')}`, {
      slug: `cafe-${index}`,
      name: `Café ${index % 7}`,
      address: { street: '1 Street', city: 'City', country: 'US' },
      location,
      timeZone: index % 3 === 0 ? 'Asia/Tokyo' : 'America/New_York',
      currencyCode: 'USD',
      taxRate: '0',
    });
    cafe.openingHours = [{ day: 'MONDAY' as never, opens: '08:00', closes: '20:00' }];
    return cafe;
  });
  await test.running.database!.transaction(async (tx) => tx.insert(Cafe, ...cafes));
}

describe('finding cafés', () => {
  it('comes nearest first, with distances', async () => {
    const test = await createTestCafes();
    const page = await list(test, { near: BATTERY });
    expect(idsOf(page)).toEqual([LOWER_MANHATTAN, HELLS_KITCHEN, ASTORIA]);
    const distances = page.edges.map((edge) => edge.distanceKm!);
    expect(distances[0]).toBeCloseTo(0.43, 1);
    expect(distances[1]).toBeCloseTo(7.0, 0);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  it('comes by name, without distances, where nobody says from where', async () => {
    const test = await createTestCafes();
    const page = await list(test);
    expect(idsOf(page)).toEqual([ASTORIA, HELLS_KITCHEN, LOWER_MANHATTAN]);
    expect(page.edges.map((edge) => edge.distanceKm)).toEqual([null, null, null]);
    expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: false } });
  });

  it('leaves out what is beyond the radius', async () => {
    const test = await createTestCafes();
    expect(idsOf(await list(test, { near: BATTERY, radiusKm: 1 }))).toEqual([LOWER_MANHATTAN]);
    expect(idsOf(await list(test, { near: BATTERY, radiusKm: 0.1 }))).toEqual([]);
    expect(await list(test, { near: BATTERY, radiusKm: 8 })).toMatchObject({ totalCount: 2 });
  });

  it('finds those that are open at this instant', async () => {
    // Saturday, 00:30 in New York: Hell's Kitchen is still open from Friday.
    const clock = new FakeClock('2026-03-07T05:30:00.000Z');
    const test = await createTestCafes({ clock });
    expect(idsOf(await list(test, { openNow: true }))).toEqual([HELLS_KITCHEN, LOWER_MANHATTAN]);
    clock.advance(60 * 60_000);
    expect(idsOf(await list(test, { openNow: true }))).toEqual([LOWER_MANHATTAN]);
    expect(idsOf(await list(test, { openNow: false }))).toHaveLength(3);
    expect(idsOf(await list(test, { openNow: true, near: BATTERY }))).toEqual([LOWER_MANHATTAN]);
  });

  it('reads page by page what it reads at once', async () => {
    const test = await createTestCafes();
    const same = { latitude: 40.71, longitude: -74 };
    await openMany(
      test,
      Array.from({ length: 25 }, () => same),
    );
    const near = BATTERY;
    for (const filter of [{ near }, {}, { openNow: true }, { near, openNow: true }]) {
      const all = idsOf(await list(test, { ...filter, first: 100 }));
      expect(all.length).toBeGreaterThan(12);
      for (const first of [1, 4, 100]) {
        expect(await readAll(test, { ...filter, first })).toEqual(all);
      }
    }
  }, 30_000);

  it('agrees with a look at every café, wherever on earth', async () => {
    const test = await createTestCafes();
    const point = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    const points = fc.sample(point, { numRuns: 60, seed: 7 });
    await openMany(test, points);
    await fc.assert(
      fc.asyncProperty(
        point,
        fc.double({ min: 1, max: 20_000, noNaN: true }),
        async (near, radiusKm) => {
          const page = await list(test, { near, radiusKm, first: 100 });
          const expected = (await test.running.database!.read.find(Cafe))
            .map(({ id, location }) => ({ id, km: distanceKm(near, location) }))
            .filter(({ km }) => km <= radiusKm)
            .sort((a, b) => a.km - b.km || (a.id < b.id ? -1 : 1));
          expect(idsOf(page)).toEqual(expected.map(({ id }) => id));
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);

  it('refuses wrong arguments and names them', async () => {
    const test = await createTestCafes();
    const wrong: [variables: Record<string, unknown>, field: string][] = [
      [{ first: 0 }, 'first'],
      [{ first: 101 }, 'first'],
      [{ after: 'nonsense' }, 'after'],
      [{ radiusKm: 5 }, 'radiusKm'],
      [{ near: BATTERY, radiusKm: 0 }, 'radiusKm'],
      [{ near: BATTERY, radiusKm: -1 }, 'radiusKm'],
      [{ near: { latitude: 91, longitude: 0 } }, 'latitude'],
      [{ near: { latitude: 0, longitude: -180.1 } }, 'longitude'],
    ];
    for (const [variables, field] of wrong) {
      const { errors } = await test.ask(null, LIST, variables);
      expect(errors?.map(({ extensions }) => extensions)).toEqual([
        {
          code: 'BAD_USER_INPUT',
          problems: [expect.objectContaining({ code: 'INVALID_INPUT', field: [field] })],
        },
      ]);
    }
  });

  it('refuses the cursor of another order', async () => {
    const test = await createTestCafes();
    const { edges } = await list(test);
    expect(await test.errors(null, LIST, { near: BATTERY, after: edges[0]!.cursor })).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('one café', () => {
  it('is found by its id and by its slug, or not at all', async () => {
    const test = await createTestCafes();
    const query = `query ($id: ID!, $slug: String!) {
      cafe(id: $id) { id } cafeBySlug(slug: $slug) { name taxRate timeZone location { latitude longitude } address { city country } }
    }`;
    expect(await test.data(null, query, { id: ASTORIA, slug: 'astoria' })).toEqual({
      cafe: { id: ASTORIA },
      cafeBySlug: {
        name: 'Crema Astoria',
        taxRate: '8.875',
        timeZone: 'America/New_York',
        location: { latitude: 40.7747, longitude: -73.9122 },
        address: { city: 'Queens', country: 'US' },
      },
    });
    const nobody = { id: "' OR 1=1 --", slug: "astoria' --" };
    expect(await test.data(null, query, nobody)).toEqual({ cafe: null, cafeBySlug: null });
  });

  it('is read once with all that others refer to', async () => {
    const test = await createTestCafes();
    test.statements.length = 0;
    const representations = [ASTORIA, HELLS_KITCHEN, 'nowhere', ASTORIA].map((id) => ({
      __typename: 'Cafe',
      id,
    }));
    const query =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cafe { name acceptsOrders } } }';
    expect(await test.data(null, query, { r: representations })).toEqual({
      _entities: [
        { name: 'Crema Astoria', acceptsOrders: true },
        { name: "Crema Hell's Kitchen", acceptsOrders: true },
        null,
        { name: 'Crema Astoria', acceptsOrders: true },
      ],
    });
    expect(statementsOf(test)).toHaveLength(1);
  });

  it('costs a list a constant number of statements', async () => {
    const test = await createTestCafes();
    await openMany(
      test,
      Array.from({ length: 50 }, () => BATTERY),
    );
    for (const filter of [{}, { near: BATTERY }, { openNow: true }]) {
      test.statements.length = 0;
      await list(test, { ...filter, first: 50 });
      expect(statementsOf(test).length).toBeLessThanOrEqual(2);
    }
  });
});
