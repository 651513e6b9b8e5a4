import { stableId } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { CafeChanged, PastStoreFound, PrivilegedWriteMade } from '@crema/schema/events';
import { ASTORIA, createTestCafes } from './support.ts';

afterEach(closeTestSubgraphs);

const HARLEM = stableId('cafe/harlem');

const harlem = {
  slug: 'harlem',
  name: 'Harlem',
  phone: null,
  address: { street: 'Harlem', city: 'New York', region: null, postalCode: null, country: 'US' },
  location: { latitude: 40.81, longitude: -73.95 },
  timeZone: 'America/New_York',
  currency: 'USD',
  taxRate: '8.875',
};

const FIELDS = 'id slug name timeZone currencyCode taxRate openingHours { day } isOpen';
const CAFES = `{ cafes { nodes { ${FIELDS} } } }`;

describe('a store of past sales', () => {
  it('becomes a café that is closed, once, and everybody is told', async () => {
    const test = await createTestCafes();
    await test.tell(PastStoreFound, HARLEM, harlem);
    await test.tell(PastStoreFound, HARLEM, { ...harlem, name: 'Another' });

    const { cafes } = await test.data<{ cafes: { nodes: { id: string }[] } }>(null, CAFES);
    expect(cafes.nodes).toHaveLength(4);
    expect(cafes.nodes.find(({ id }) => id === HARLEM)).toEqual({
      id: HARLEM,
      slug: 'harlem',
      name: 'Harlem',
      timeZone: 'America/New_York',
      currencyCode: 'USD',
      taxRate: '8.875',
      openingHours: [],
      isOpen: false,
    });
    const told = (await test.published(CafeChanged)).filter(({ key }) => key === HARLEM);
    expect(told.map(({ data }) => data.name)).toEqual(['Harlem']);
    const deeds = await test.published(PrivilegedWriteMade);
    expect(deeds.map(({ data }) => [data.action, data.target])).toEqual([
      ['cafes.openPastStore', `Cafe:${HARLEM}`],
    ]);
  });

  it('leaves a café alone that is there, and takes another slug where its own is taken', async () => {
    const test = await createTestCafes();
    await test.tell(PastStoreFound, ASTORIA, { ...harlem, slug: 'astoria' });
    await test.tell(PastStoreFound, HARLEM, { ...harlem, slug: 'astoria' });

    const { cafes } = await test.data<{
      cafes: { nodes: { id: string; slug: string; name: string }[] };
    }>(null, CAFES);
    const named = Object.fromEntries(cafes.nodes.map(({ id, slug, name }) => [id, [slug, name]]));
    expect(named[ASTORIA]).toEqual(['astoria', 'Crema Astoria']);
    expect(named[HARLEM]).toEqual([`astoria-${HARLEM.slice(0, 8)}`, 'Harlem']);
  });
});
