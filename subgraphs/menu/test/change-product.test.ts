import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade } from '@crema/schema/events';
import {
  ARCHIVE,
  changesOf,
  manager,
  option,
  size,
  update,
  UPDATE,
  usd,
  type GroupData,
  type Payload,
} from './product-writes.ts';
import { ASTORIA, baristaOf, categoryId, createTestMenu, customer, productId } from './support.ts';

afterEach(closeTestSubgraphs);

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
