import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade } from '@crema/schema/events';
import { changesOf, create, CREATE, lungo, option, size, usd } from './product-writes.ts';
import { ASTORIA, baristaOf, categoryId, createTestMenu, customer } from './support.ts';

afterEach(closeTestSubgraphs);

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
