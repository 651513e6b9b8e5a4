import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade, ProductChanged } from '@crema/schema/events';
import fc from 'fast-check';
import { leastExtra } from '../src/services/option-groups.ts';
import type { OptionGroupData } from '../src/types/option-group.ts';
import {
  admin,
  ASTORIA,
  baristaOf,
  categoryId,
  createTestMenu,
  customer,
  managerOf,
  productId,
  type MenuTest,
  type UserErrors,
} from './support.ts';

afterEach(closeTestSubgraphs);

interface OptionData {
  id: string;
  name: string;
  priceDelta: { amount: string };
  isDefault: boolean;
}
interface GroupData {
  id: string;
  name: string;
  min: number;
  max: number;
  options: OptionData[];
}
interface ProductData {
  id: string;
  sku: string;
  optionGroups: GroupData[];
  [field: string]: unknown;
}
interface Payload extends UserErrors {
  product: ProductData | null;
}

const FIELDS = `{
  product {
    id sku name description imageUrl allergens archived
    price { amount currencyCode } category { id name }
    optionGroups { id name min max options { id name isDefault priceDelta { amount } } }
  }
  userErrors { code field }
}`;
const CREATE = `mutation ($input: ProductInput!) { createProduct(input: $input) ${FIELDS} }`;
const UPDATE = `mutation ($id: ID!, $input: UpdateProductInput!) { updateProduct(id: $id, input: $input) ${FIELDS} }`;
const ARCHIVE = `mutation ($id: ID!) { archiveProduct(id: $id) ${FIELDS} }`;

const manager = managerOf(ASTORIA);
const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
const option = (name: string, amount = '0', isDefault?: boolean) => ({
  name,
  priceDelta: usd(amount),
  ...(isDefault !== undefined && { isDefault }),
});
const size = {
  name: 'Size',
  min: 1,
  max: 1,
  options: [option('Small', '0', true), option('Big', '0.50')],
};
const lungo = {
  sku: 'lungo',
  name: 'Lungo',
  categoryId: categoryId('coffee'),
  price: usd('2.40'),
};

const create = (test: MenuTest, input: object, caller = manager) =>
  test.mutate<Payload>(caller, CREATE, { input: { ...lungo, ...input } });
const update = (test: MenuTest, id: string, input: object, caller = manager) =>
  test.mutate<Payload>(caller, UPDATE, { id, input });

const changesOf = async (test: MenuTest) => (await test.published(ProductChanged)).slice(53);

describe('putting a product on the menu', () => {
  it('makes it with its options and tells everybody', async () => {
    const test = await createTestMenu();
    const { product, userErrors } = await create(test, {
      name: ' Lungo ',
      description: ' A longer espresso. ',
      imageUrl: '/images/lungo.jpg',
      allergens: ['milk'],
      optionGroups: [size],
    });
    expect(userErrors).toEqual([]);
    expect(product).toEqual({
      id: expect.any(String),
      sku: 'lungo',
      name: 'Lungo',
      description: 'A longer espresso.',
      imageUrl: '/images/lungo.jpg',
      allergens: ['milk'],
      archived: false,
      price: { amount: '2.40', currencyCode: 'USD' },
      category: { id: categoryId('coffee'), name: 'Coffee' },
      optionGroups: [
        {
          id: expect.any(String),
          name: 'Size',
          min: 1,
          max: 1,
          options: [
            {
              id: expect.any(String),
              name: 'Small',
              isDefault: true,
              priceDelta: { amount: '0.00' },
            },
            {
              id: expect.any(String),
              name: 'Big',
              isDefault: false,
              priceDelta: { amount: '0.50' },
            },
          ],
        },
      ],
    });
    const [group] = product!.optionGroups;
    expect(await changesOf(test)).toEqual([
      expect.objectContaining({
        key: product!.id,
        data: {
          sku: 'lungo',
          name: 'Lungo',
          category: { id: categoryId('coffee'), name: 'Coffee' },
          price: { minor: 240, currency: 'USD' },
          optionGroups: [
            {
              id: group!.id,
              name: 'Size',
              min: 1,
              max: 1,
              options: [
                {
                  id: group!.options[0]!.id,
                  name: 'Small',
                  priceDelta: { minor: 0, currency: 'USD' },
                  isDefault: true,
                },
                {
                  id: group!.options[1]!.id,
                  name: 'Big',
                  priceDelta: { minor: 50, currency: 'USD' },
                  isDefault: false,
                },
              ],
            },
          ],
          archived: false,
        },
      }),
    ]);
    expect((await test.published(PrivilegedWriteMade)).map(({ data }) => data)).toEqual([
      {
        actorId: 'manager',
        action: 'menu.createProduct',
        target: `Product:${product!.id}`,
        details: 'lungo',
        at: test.clock.now().toISOString(),
      },
    ]);
    const read = await test.data(null, `{ product(id: "${product!.id}") { name } }`);
    expect(read).toEqual({ product: { name: 'Lungo' } });
  });

  it('gives a number to one of those who ask for it at once', async () => {
    const test = await createTestMenu();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(test, {})));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array(4).fill(expect.objectContaining({ code: 'SKU_TAKEN', field: ['sku'] })),
    );
  });

  it('refuses wrong values, naming each, and writes nothing', async () => {
    const test = await createTestMenu();
    const groups = (...optionGroups: object[]) => ({ optionGroups });
    const wrong: [input: object, code: string, ...fields: string[]][] = [
      [{ sku: 'latte' }, 'SKU_TAKEN', 'sku'],
      [{ sku: 'with space' }, 'INVALID_INPUT', 'sku'],
      [{ sku: '' }, 'INVALID_INPUT', 'sku'],
      [{ name: ' ' }, 'INVALID_INPUT', 'name'],
      [{ name: 'x'.repeat(101) }, 'INVALID_INPUT', 'name'],
      [{ description: 'x'.repeat(1_001) }, 'INVALID_INPUT', 'description'],
      [{ imageUrl: 'javascript:alert(1)' }, 'INVALID_INPUT', 'imageUrl'],
      [{ allergens: [''] }, 'INVALID_INPUT', 'allergens'],
      [{ categoryId: 'none' }, 'NOT_FOUND', 'categoryId'],
      [{ price: usd('-0.01') }, 'INVALID_AMOUNT', 'price.amount'],
      [{ price: usd('10000.01') }, 'INVALID_AMOUNT', 'price.amount'],
      [{ price: usd('1.005') }, 'INVALID_AMOUNT', 'price.amount'],
      [groups({ ...size, name: '' }), 'INVALID_INPUT', 'optionGroups.0.name'],
      [groups(size, { ...size, name: ' size' }), 'DUPLICATE_NAME', 'optionGroups.1.name'],
      [
        groups({ ...size, options: [option('Big'), option('Small'), option('BIG')] }),
        'DUPLICATE_NAME',
        'optionGroups.0.options.2.name',
      ],
      [groups({ ...size, min: -1 }), 'INVALID_CHOICE', 'optionGroups.0.min'],
      [groups({ ...size, min: 2, max: 1 }), 'INVALID_CHOICE', 'optionGroups.0.min'],
      [groups({ ...size, max: 3 }), 'INVALID_CHOICE', 'optionGroups.0.max'],
      [
        groups({ ...size, min: 0, max: 0, options: [option('x')] }),
        'INVALID_CHOICE',
        'optionGroups.0.max',
      ],
      [groups({ ...size, options: [] }), 'INVALID_CHOICE', 'optionGroups.0.max'],
      [
        groups({ ...size, options: [option('a', '0', true), option('b', '0', true)] }),
        'TOO_MANY_DEFAULTS',
        'optionGroups.0.options',
      ],
      [
        groups({
          ...size,
          options: [{ name: 'a', priceDelta: { amount: '1', currencyCode: 'EUR' } }],
        }),
        'CURRENCY_MISMATCH',
        'optionGroups.0.options.0.priceDelta.currencyCode',
      ],
      [
        groups({ ...size, options: [option('a', '0.001')] }),
        'INVALID_AMOUNT',
        'optionGroups.0.options.0.priceDelta.amount',
      ],
      [
        { price: usd('1'), ...groups({ ...size, options: [option('a', '-1.01')] }) },
        'NEGATIVE_PRICE',
        'price.amount',
      ],
    ];
    for (const [input, code, ...fields] of wrong) {
      const payload = await create(test, input);
      const expected = fields.map((field) => ({ code, field: field.split('.') }));
      expect([input, payload]).toEqual([input, { product: null, userErrors: expected }]);
    }
    expect(await changesOf(test)).toEqual([]);
  });

  it('names everything that is wrong with the options at once', async () => {
    const test = await createTestMenu();
    const { userErrors } = await create(test, {
      optionGroups: [
        { ...size, max: 5 },
        { ...size, options: [option('a', '0.001'), option('A')] },
      ],
    });
    expect(userErrors.map(({ field }) => field!.join('.')).sort()).toEqual([
      'optionGroups.0.max',
      'optionGroups.1.name',
      'optionGroups.1.options.0.priceDelta.amount',
      'optionGroups.1.options.1.name',
    ]);
  });

  it('takes prices from nothing to 10,000, and options that make it cheaper', async () => {
    const test = await createTestMenu();
    for (const amount of ['0', '10000']) {
      const { product } = await create(test, { sku: `p-${amount}`, price: usd(amount) });
      expect(product).not.toBeNull();
    }
    const cup = { name: 'Cup', min: 0, max: 1, options: [option('My own', '-0.25')] };
    const { product } = await create(test, { optionGroups: [cup] });
    expect(product!.optionGroups[0]!.options[0]!.priceDelta.amount).toBe('-0.25');
    const yen = { amount: '400', currencyCode: 'JPY' };
    expect((await create(test, { sku: 'yen', price: yen })).product!['price']).toEqual(yen);
  });

  it('is for those who may write the menu', async () => {
    const test = await createTestMenu();
    expect(await test.errors(null, CREATE, { input: lungo })).toEqual(['UNAUTHENTICATED']);
    for (const caller of [customer, baristaOf(ASTORIA)]) {
      expect(await test.errors(caller, CREATE, { input: lungo })).toEqual(['FORBIDDEN']);
    }
    expect(await changesOf(test)).toEqual([]);
  });
});

describe('changing a product', () => {
  const LATTE = productId('latte');

  it('changes what is given, and everybody sees it at once', async () => {
    const test = await createTestMenu();
    const before = await test.data(null, `{ product(id: "${LATTE}") { name } }`);
    expect(before).toEqual({ product: { name: 'Latte' } });
    const { product } = await update(test, LATTE, {
      name: 'Caffè Latte',
      price: usd('3.95'),
      categoryId: categoryId('tea'),
    });
    expect(product).toMatchObject({
      name: 'Caffè Latte',
      price: { amount: '3.95' },
      category: { name: 'Tea' },
      allergens: ['milk', 'oats', 'soy'],
      optionGroups: [{ name: 'Size' }, { name: 'Milk' }, { name: 'Extras' }],
    });
    const query = `{ product(id: "${LATTE}") { name price { amount } category { name } } }`;
    expect(await test.data(null, query)).toEqual({
      product: { name: 'Caffè Latte', price: { amount: '3.95' }, category: { name: 'Tea' } },
    });
    expect(await changesOf(test)).toEqual([
      expect.objectContaining({
        key: LATTE,
        data: expect.objectContaining({
          name: 'Caffè Latte',
          price: { minor: 395, currency: 'USD' },
        }),
      }),
    ]);
    expect((await test.published(PrivilegedWriteMade)).at(-1)!.data).toMatchObject({
      action: 'menu.updateProduct',
      target: `Product:${LATTE}`,
      details: 'name, categoryId, priceMinor',
    });
  });

  it('removes what may be missing with null, and leaves the rest alone', async () => {
    const test = await createTestMenu();
    const { product } = await update(test, LATTE, {
      description: null,
      name: null,
      price: null,
      optionGroups: null,
      allergens: null,
    });
    expect(product).toMatchObject({ name: 'Latte', description: null, price: { amount: '3.75' } });
    expect(product!.optionGroups).toHaveLength(3);
  });

  it('keeps the ids of groups and options of equal names', async () => {
    const test = await createTestMenu();
    const known = (await update(test, LATTE, {})).product!.optionGroups;
    const [knownSize, knownMilk] = known;
    const { product } = await update(test, LATTE, {
      optionGroups: [
        { name: 'MILK', min: 1, max: 1, options: [option('Soy milk', '0.40'), option('Pea milk')] },
        { name: 'Size', min: 1, max: 1, options: [option('Large', '1'), option('Regular')] },
        { name: 'Cup', min: 0, max: 1, options: [option('Large')] },
      ],
    });
    const [milk, newSize, cup] = product!.optionGroups;
    const idOf = (group: GroupData | undefined, name: string) =>
      group!.options.find((each) => each.name === name)!.id;
    expect(milk!.id).toBe(knownMilk!.id);
    expect(idOf(milk, 'Soy milk')).toBe(idOf(knownMilk, 'Soy milk'));
    expect(newSize!.id).toBe(knownSize!.id);
    expect(idOf(newSize, 'Large')).toBe(idOf(knownSize, 'Large'));
    const knownIds = known.flatMap(({ id, options }) => [id, ...options.map((each) => each.id)]);
    for (const fresh of [cup!.id, idOf(cup, 'Large'), idOf(milk, 'Pea milk')]) {
      expect(knownIds).not.toContain(fresh);
    }
  });

  it('writes nothing when nothing is other than before', async () => {
    const test = await createTestMenu();
    await update(test, LATTE, { name: 'Latte', price: usd('3.75') });
    expect(await changesOf(test)).toEqual([]);
    expect(await test.published(PrivilegedWriteMade)).toEqual([]);
  });

  it('refuses another currency, unknown products and categories, and prices below nothing', async () => {
    const test = await createTestMenu();
    const wrong: [id: string, input: object, code: string, field: string][] = [
      [
        LATTE,
        { price: { amount: '3', currencyCode: 'EUR' } },
        'CURRENCY_MISMATCH',
        'price.currencyCode',
      ],
      [LATTE, { categoryId: 'none' }, 'NOT_FOUND', 'categoryId'],
      ['none', { name: 'x' }, 'NOT_FOUND', 'id'],
      [
        LATTE,
        { optionGroups: [{ ...size, options: [option('x', '-3.76')] }] },
        'NEGATIVE_PRICE',
        'optionGroups',
      ],
    ];
    for (const [id, input, code, field] of wrong) {
      const payload = await update(test, id, input);
      expect(payload).toEqual({ product: null, userErrors: [{ code, field: field.split('.') }] });
    }
    expect(await changesOf(test)).toEqual([]);
  });

  it('is for those who may write the menu', async () => {
    const test = await createTestMenu();
    const variables = { id: LATTE, input: { name: 'Mine' } };
    expect(await test.errors(null, UPDATE, variables)).toEqual(['UNAUTHENTICATED']);
    for (const caller of [customer, baristaOf(ASTORIA)]) {
      expect(await test.errors(caller, UPDATE, variables)).toEqual(['FORBIDDEN']);
      expect(await test.errors(caller, ARCHIVE, { id: LATTE })).toEqual(['FORBIDDEN']);
    }
  });
});

describe('archiving a product', () => {
  const MUG = productId('crema-mug');

  it('takes it off menus and searches, while references still find it', async () => {
    const test = await createTestMenu();
    const archived = await test.mutate<Payload>(manager, ARCHIVE, { id: MUG });
    expect(archived).toMatchObject({
      product: { archived: true, sku: 'crema-mug' },
      userErrors: [],
    });
    const query = `query ($r: [_Any!]!, $ids: [ID!]) {
      menu(cafeId: "${ASTORIA}") { sections { category { name } items { product { sku } } } }
      search: products(search: "mug") { totalCount }
      listed: products(ids: $ids) { totalCount }
      product(id: "${MUG}") { archived name category { name } }
      _entities(representations: $r) { ... on Product { name archived } }
    }`;
    const r = [{ __typename: 'Product', id: MUG }];
    const data = await test.data<Record<string, unknown>>(null, query, { r, ids: [MUG] });
    expect(data).toMatchObject({
      search: { totalCount: 0 },
      listed: { totalCount: 0 },
      product: { archived: true, name: 'Crema Mug', category: { name: 'Branded' } },
      _entities: [{ name: 'Crema Mug', archived: true }],
    });
    expect(JSON.stringify(data['menu'])).not.toContain('crema-mug');
    expect(await changesOf(test)).toEqual([
      expect.objectContaining({ key: MUG, data: expect.objectContaining({ archived: true }) }),
    ]);
  });

  it('is done once, and leaves no empty section', async () => {
    const test = await createTestMenu();
    for (const sku of ['crema-mug', 'crema-mug', 'crema-tote']) {
      await test.mutate(manager, ARCHIVE, { id: productId(sku) });
    }
    expect(await changesOf(test)).toHaveLength(2);
    const { menu } = await test.data<{ menu: { sections: unknown[] } }>(
      null,
      `{ menu(cafeId: "${ASTORIA}") { sections { category { name } } } }`,
    );
    expect(menu.sections).toHaveLength(8);
  });

  it('is final', async () => {
    const test = await createTestMenu();
    await test.mutate(manager, ARCHIVE, { id: MUG });
    expect(await update(test, MUG, { name: 'x' })).toEqual({
      product: null,
      userErrors: [{ code: 'PRODUCT_ARCHIVED', field: ['id'] }],
    });
    expect(await test.mutate(manager, ARCHIVE, { id: 'none' })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
    });
  });
});

describe('making a category', () => {
  const CATEGORY =
    'mutation ($input: CategoryInput!) { createCategory(input: $input) { category { id name position } userErrors { code field } } }';

  it('puts it last unless told, and tells nobody but the audit', async () => {
    const test = await createTestMenu();
    const last = await test.mutate(manager, CATEGORY, { input: { name: ' Cakes ' } });
    expect(last).toMatchObject({ category: { name: 'Cakes', position: 9 }, userErrors: [] });
    await test.mutate(manager, CATEGORY, { input: { name: 'Specials', position: 0 } });
    const { categories } = await test.data<{ categories: { name: string }[] }>(
      null,
      '{ categories { name } }',
    );
    const names = categories.map(({ name }) => name);
    expect([names.slice(0, 2), names.at(-1)]).toEqual([['Coffee', 'Specials'], 'Cakes']);
    expect((await test.published(PrivilegedWriteMade)).map(({ data }) => data.action)).toEqual([
      'menu.createCategory',
      'menu.createCategory',
    ]);
  });

  it('refuses a name that is taken, wrong values, and who may not', async () => {
    const test = await createTestMenu();
    const wrong: [input: object, code: string, field: string][] = [
      [{ name: 'TEA ' }, 'NAME_TAKEN', 'name'],
      [{ name: '' }, 'INVALID_INPUT', 'name'],
      [{ name: 'x'.repeat(81) }, 'INVALID_INPUT', 'name'],
      [{ name: 'Cakes', position: -1 }, 'INVALID_INPUT', 'position'],
    ];
    for (const [input, code, field] of wrong) {
      const payload = await test.mutate(manager, CATEGORY, { input });
      expect([input, payload]).toEqual([input, expect.objectContaining({ category: null })]);
      expect(payload.userErrors).toEqual(expect.arrayContaining([{ code, field: [field] }]));
    }
    const input = { name: 'Cakes' };
    expect(await test.errors(null, CATEGORY, { input })).toEqual(['UNAUTHENTICATED']);
    expect(await test.errors(baristaOf(ASTORIA), CATEGORY, { input })).toEqual(['FORBIDDEN']);
    expect((await test.mutate(admin, CATEGORY, { input })).userErrors).toEqual([]);
  });

  it('takes one of equal names that come at once', async () => {
    const test = await createTestMenu();
    const answers = await Promise.all(
      ['Cakes', 'CAKES', ' cakes', 'Cakes'].map((name) =>
        test.mutate(manager, CATEGORY, { input: { name } }),
      ),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array(3).fill({ code: 'NAME_TAKEN', field: ['name'] }),
    );
  });
});

describe('the least that a choice can add', () => {
  const group = fc
    .record({
      deltas: fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 5 }),
      a: fc.nat(),
      b: fc.nat(),
    })
    .map(({ deltas, a, b }): OptionGroupData => {
      const max = 1 + (a % deltas.length);
      const options = deltas.map((minor, index) => ({
        id: String(index),
        name: String(index),
        priceDelta: { minor, currency: 'USD' },
        isDefault: false,
      }));
      return { id: 'g', name: 'g', min: b % (max + 1), max, options };
    });

  const bySearch = ({ min, max, options }: OptionGroupData): number => {
    let least = Infinity;
    for (let chosen = 0; chosen < 1 << options.length; chosen++) {
      const picked = options.filter((_, index) => chosen & (1 << index));
      if (picked.length < min || picked.length > max) continue;
      least = Math.min(
        least,
        picked.reduce((sum, { priceDelta }) => sum + priceDelta.minor, 0),
      );
    }
    return least;
  };

  it('is what trying every choice finds', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 3 }), (groups) => {
        const expected = groups.reduce((sum, each) => sum + bySearch(each), 0);
        expect(leastExtra(groups)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});
