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
  type UserErrors,
} from './support.ts';

afterEach(closeTestSubgraphs);

interface Payload extends UserErrors {
  cafe: { id: string; [field: string]: unknown } | null;
}

const CREATE = `mutation ($input: CafeInput!) {
  createCafe(input: $input) {
    cafe { id slug name phone taxRate currencyCode isOpen acceptsOrders nextOpening openingHours { day } location { latitude longitude } address { street region } }
    userErrors { code field }
  }
}`;

const UPDATE = `mutation ($id: ID!, $input: UpdateCafeInput!) {
  updateCafe(id: $id, input: $input) {
    cafe { id name phone taxRate location { latitude longitude } address { street city region postalCode country } }
    userErrors { code field }
  }
}`;

const bushwick = {
  slug: 'bushwick',
  name: '  Crema Bushwick ',
  phone: '+17185550188',
  address: { street: '12 Flushing Court', city: 'Brooklyn', country: 'US' },
  location: { latitude: 40.6944123, longitude: -73.9213 },
  timeZone: 'America/New_York',
  currencyCode: 'USD',
  taxRate: '8.875',
};

describe('opening a café', () => {
  it('makes it, closed until it has hours, and tells everybody', async () => {
    const test = await createTestCafes();
    const { createCafe } = await test.data<{ createCafe: Payload }>(admin, CREATE, {
      input: bushwick,
    });
    expect(createCafe).toEqual({
      userErrors: [],
      cafe: {
        id: expect.any(String),
        slug: 'bushwick',
        name: 'Crema Bushwick',
        phone: '+17185550188',
        taxRate: '8.875',
        currencyCode: 'USD',
        isOpen: false,
        acceptsOrders: false,
        nextOpening: null,
        openingHours: [],
        location: { latitude: 40.694412, longitude: -73.9213 },
        address: { street: '12 Flushing Court', region: null },
      },
    });
    const { id } = createCafe.cafe!;
    expect((await test.published(CafeChanged)).at(-1)).toMatchObject({
      key: id,
      data: {
        slug: 'bushwick',
        name: 'Crema Bushwick',
        timeZone: 'America/New_York',
        currency: 'USD',
        taxRate: '8.875',
        openingHours: [],
        specialHours: [],
        orderingPausedReason: null,
      },
    });
    expect(await test.published(PrivilegedWriteMade)).toEqual([
      expect.objectContaining({
        key: 'admin',
        data: {
          actorId: 'admin',
          action: 'cafes.createCafe',
          target: `Cafe:${id}`,
          details: 'bushwick',
          at: '2026-03-02T15:00:00.000Z',
        },
      }),
    ]);
  });

  it('refuses a slug that another café has', async () => {
    const test = await createTestCafes();
    const input = { ...bushwick, slug: 'astoria' };
    const { createCafe } = await test.data<{ createCafe: Payload }>(admin, CREATE, { input });
    expect(createCafe).toEqual({
      cafe: null,
      userErrors: [{ code: 'SLUG_TAKEN', field: ['slug'] }],
    });
    expect(await test.published(PrivilegedWriteMade)).toEqual([]);
  });

  it('gives a slug to one of those who ask for it at once', async () => {
    const test = await createTestCafes();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        test.data<{ createCafe: Payload }>(admin, CREATE, { input: bushwick }),
      ),
    );
    expect(answers.flatMap(({ createCafe }) => createCafe.userErrors)).toEqual(
      Array(4).fill({ code: 'SLUG_TAKEN', field: ['slug'] }),
    );
  });

  it('refuses wrong values and names every field', async () => {
    const test = await createTestCafes();
    const wrong: [values: object, fields: string[][]][] = [
      [{ slug: 'Bad Slug' }, [['slug']]],
      [{ slug: '-x' }, [['slug']]],
      [{ slug: '' }, [['slug']]],
      [{ slug: 'x'.repeat(61) }, [['slug']]],
      [{ name: '   ' }, [['name']]],
      [{ name: 'x'.repeat(101) }, [['name']]],
      [{ name: 'two\nlines' }, [['name']]],
      [{ phone: '555-0100' }, [['phone']]],
      [{ phone: '+0123456789' }, [['phone']]],
      [{ timeZone: 'Mars/Olympus' }, [['timeZone']]],
      [{ timeZone: 'local' }, [['timeZone']]],
      [{ timeZone: '+02:00' }, [['timeZone']]],
      [{ taxRate: '-1' }, [['taxRate']]],
      [{ taxRate: '100.001' }, [['taxRate']]],
      [{ taxRate: '8.8755' }, [['taxRate']]],
      [{ location: { latitude: -90.5, longitude: 0 } }, [['location', 'latitude']]],
      [{ location: { latitude: 0, longitude: 181 } }, [['location', 'longitude']]],
      [
        { address: { street: ' ', city: 'B', country: 'us' } },
        [
          ['address', 'street'],
          ['address', 'country'],
        ],
      ],
      [{ slug: 'A', taxRate: '101', timeZone: 'X' }, [['slug'], ['timeZone'], ['taxRate']]],
    ];
    for (const [values, fields] of wrong) {
      const input = { ...bushwick, ...values };
      const { createCafe } = await test.data<{ createCafe: Payload }>(admin, CREATE, { input });
      const problems = fields.map((field) => ({ code: 'INVALID_INPUT', field }));
      expect([values, createCafe.userErrors]).toEqual([values, expect.arrayContaining(problems)]);
      expect(createCafe.userErrors).toHaveLength(fields.length);
      expect(createCafe.cafe).toBeNull();
    }
  });

  it('takes any tax rate from 0 to 100', async () => {
    const test = await createTestCafes();
    for (const taxRate of ['0', '100', '8.875', '19.0']) {
      const input = { ...bushwick, slug: `tax-${taxRate.replace('.', '-')}`, taxRate };
      const { createCafe } = await test.data<{ createCafe: Payload }>(admin, CREATE, { input });
      expect(createCafe.cafe).toMatchObject({ taxRate: String(Number(taxRate)) });
    }
  });

  it('is only for those who work at all cafés', async () => {
    const test = await createTestCafes();
    const input = bushwick;
    expect(await test.errors(null, CREATE, { input })).toEqual(['UNAUTHENTICATED']);
    const staff = [baristaOf(ASTORIA), managerOf(ASTORIA, HELLS_KITCHEN)];
    for (const caller of [customer, ...staff, { ...admin, scope: 'queue:work' }]) {
      expect(await test.errors(caller, CREATE, { input })).toEqual(['FORBIDDEN']);
    }
    expect(await test.published(CafeChanged)).toHaveLength(3);
  });
});

describe('changing a café', () => {
  it('changes what is given and leaves the rest', async () => {
    const test = await createTestCafes();
    const manager = managerOf(ASTORIA);
    const input = { name: 'Crema Ditmars', taxRate: '9' };
    expect(await test.data(manager, UPDATE, { id: ASTORIA, input })).toMatchObject({
      updateCafe: {
        cafe: { name: 'Crema Ditmars', taxRate: '9', phone: '+17185550142' },
        userErrors: [],
      },
    });
    const facts = await test.published(CafeChanged);
    expect(facts.at(-1)).toMatchObject({
      key: ASTORIA,
      data: { slug: 'astoria', name: 'Crema Ditmars', taxRate: '9' },
    });
    expect(facts.at(-1)!.data.openingHours).toHaveLength(7);
    expect(await test.published(PrivilegedWriteMade)).toEqual([
      expect.objectContaining({
        data: expect.objectContaining({
          actorId: 'manager',
          action: 'cafes.updateCafe',
          target: `Cafe:${ASTORIA}`,
          details: 'name, taxRateMilli',
        }),
      }),
    ]);
  });

  it('removes the telephone with null, and moves', async () => {
    const test = await createTestCafes();
    const input = {
      phone: null,
      name: null,
      location: { latitude: 40.5, longitude: -73 },
      address: { street: '1 New Row', city: 'Queens', region: 'NY', country: 'US' },
    };
    expect(await test.data(admin, UPDATE, { id: ASTORIA, input })).toMatchObject({
      updateCafe: {
        cafe: {
          name: 'Crema Astoria',
          phone: null,
          location: { latitude: 40.5, longitude: -73 },
          address: { street: '1 New Row', postalCode: null },
        },
      },
    });
  });

  it('writes nothing when nothing is other than before', async () => {
    const test = await createTestCafes();
    await test.data(admin, UPDATE, { id: ASTORIA, input: { name: 'Crema Astoria' } });
    await test.data(admin, UPDATE, { id: ASTORIA, input: {} });
    expect(await test.published(CafeChanged)).toHaveLength(3);
    expect(await test.published(PrivilegedWriteMade)).toHaveLength(0);
  });

  it('refuses wrong values and unknown cafés', async () => {
    const test = await createTestCafes();
    const input = { phone: '1', location: { latitude: 100, longitude: 0 } };
    const wrong = await test.data<{ updateCafe: Payload }>(admin, UPDATE, { id: ASTORIA, input });
    expect(wrong.updateCafe.userErrors.map(({ field }) => field)).toEqual([
      ['phone'],
      ['location', 'latitude'],
    ]);
    const none = await test.data<{ updateCafe: Payload }>(admin, UPDATE, { id: 'none', input: {} });
    expect(none.updateCafe.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['id'] }]);
  });

  it('is not for customers, its baristas, or the manager of another café', async () => {
    const test = await createTestCafes();
    const variables = { id: ASTORIA, input: { name: 'Mine' } };
    expect(await test.errors(null, UPDATE, variables)).toEqual(['UNAUTHENTICATED']);
    for (const caller of [customer, baristaOf(ASTORIA), managerOf(HELLS_KITCHEN)]) {
      expect(await test.errors(caller, UPDATE, variables)).toEqual(['FORBIDDEN']);
    }
    expect(await test.data(null, `{ cafe(id: "${ASTORIA}") { name } }`)).toEqual({
      cafe: { name: 'Crema Astoria' },
    });
  });
});
