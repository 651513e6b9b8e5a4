import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade, ProductChanged } from '@crema/schema/events';
import { barista, createTestInventory, manager, withLatte, type TestInventory } from './support.ts';

afterEach(closeTestSubgraphs);

let shop: TestInventory;

beforeEach(async () => {
  shop = await createTestInventory();
});

describe('ingredients', () => {
  const create = async (name: string, unit = 'GRAM') =>
    (
      await shop.ask(
        manager,
        `mutation ($input: IngredientInput!) {
          createIngredient(input: $input) { ingredient { id name unit } userErrors { code field } }
        }`,
        { input: { name, unit } },
      )
    ).createIngredient;

  const search = async (text?: string) =>
    (
      await shop.ask(barista, 'query ($s: String) { ingredients(search: $s) { name } }', {
        s: text,
      })
    ).ingredients.map(({ name }: { name: string }) => name);

  it('are made known once by all who do so at once', async () => {
    const answers = await Promise.all(['Soy', 'SOY', ' soy', 'Soy'].map((name) => create(name)));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array(3).fill({ code: 'NAME_TAKEN', field: ['name'] }),
    );
    expect(await search('soy')).toHaveLength(1);
  });

  it('are made known with a unit, trimmed, and each name once', async () => {
    expect((await create('  Oat milk ', 'MILLILITRE')).ingredient).toMatchObject({
      name: 'Oat milk',
      unit: 'MILLILITRE',
    });
    expect(await create('OAT  MILK')).toEqual({
      ingredient: null,
      userErrors: [{ code: 'NAME_TAKEN', field: ['name'] }],
    });
    for (const name of ['', '   ', 'x'.repeat(101)]) {
      expect((await create(name)).userErrors).toEqual([{ code: 'INVALID_INPUT', field: ['name'] }]);
    }
    expect(await search()).toEqual(['Oat milk']);
    const [entry] = await shop.test.published(PrivilegedWriteMade);
    expect(entry!.data).toMatchObject({ action: 'inventory.createIngredient', actorId: 'manager' });
  });

  it('are found by any part of the name, taken literally', async () => {
    for (const name of ['Whole milk', 'Oat milk', '100% cacao', 'under_score', 'wow!'])
      await create(name);
    expect(await search('MILK')).toEqual(['Oat milk', 'Whole milk']);
    expect(await search('%')).toEqual(['100% cacao']);
    expect(await search('_')).toEqual(['under_score']);
    expect(await search('!')).toEqual(['wow!']);
    expect(await search("' OR 1=1 --")).toEqual([]);
  });
});

describe('a recipe', () => {
  const recipe = async (productId: string) =>
    (
      await shop.ask(
        barista,
        `query ($r: [_Any!]!) { _entities(representations: $r) {
          ... on Product { id recipe { ingredient { name } quantity optionId } }
        } }`,
        { r: [{ __typename: 'Product', id: productId }] },
      )
    )._entities[0].recipe;

  it('is replaced as a whole', async () => {
    const { beans } = await withLatte(shop);
    expect(await recipe('latte')).toEqual([
      { ingredient: { name: 'Beans' }, quantity: '18', optionId: null },
      { ingredient: { name: 'Whole milk' }, quantity: '240', optionId: 'milk-whole' },
      { ingredient: { name: 'Oat milk' }, quantity: '240', optionId: 'milk-oat' },
      { ingredient: { name: 'Beans' }, quantity: '9', optionId: 'shot' },
    ]);
    const answer = await shop.setRecipe('latte', [{ ingredientId: beans, quantity: '0.5' }]);
    expect(answer).toEqual({
      recipe: [{ ingredient: { id: beans, name: 'Beans' }, quantity: '0.5', optionId: null }],
      userErrors: [],
    });
    expect(await recipe('latte')).toHaveLength(1);
    await shop.setRecipe('latte', []);
    expect(await recipe('latte')).toEqual([]);
    expect(await recipe('unknown')).toEqual([]);
  });

  it('is refused with everything that is wrong with it, and then stays as it was', async () => {
    const { beans, whole } = await withLatte(shop);
    const cup = await shop.createIngredient('Cup', 'PIECE');
    const { recipe: answer, userErrors } = await shop.setRecipe('latte', [
      { ingredientId: beans, quantity: '18' },
      { ingredientId: 'nothing', quantity: '1' },
      { ingredientId: whole, quantity: '0', optionId: 'milk-goat' },
      { ingredientId: cup, quantity: '0.5' },
      { ingredientId: beans, quantity: '9' },
    ]);
    expect(answer).toBeNull();
    expect(
      userErrors.map(({ code, field }: { code: string; field: string[] }) => [
        code,
        field.join('.'),
      ]),
    ).toEqual([
      ['NOT_FOUND', 'items.1.ingredientId'],
      ['NOT_FOUND', 'items.2.optionId'],
      ['INVALID_QUANTITY', 'items.2.quantity'],
      ['INVALID_QUANTITY', 'items.3.quantity'],
      ['DUPLICATE', 'items.4'],
    ]);
    expect(await recipe('latte')).toHaveLength(4);
  });

  it('is refused for a product that menu has not told of, or with too many rows', async () => {
    const beans = await shop.createIngredient('Beans');
    const unknown = await shop.setRecipe('tea', [{ ingredientId: beans, quantity: '1' }]);
    expect(unknown.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['productId'] }]);
    await shop.knowProduct('tea');
    const rows = Array.from({ length: 101 }, () => ({ ingredientId: beans, quantity: '1' }));
    expect((await shop.setRecipe('tea', rows)).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['items'] },
    ]);
  });

  it('may use an option from the moment that menu tells of it', async () => {
    const beans = await shop.createIngredient('Beans');
    await shop.knowProduct('latte', { size: ['regular'] });
    const rows = [{ ingredientId: beans, quantity: '9', optionId: 'large' }];
    expect((await shop.setRecipe('latte', rows)).userErrors).toHaveLength(1);
    await shop.knowProduct('latte', { size: ['regular', 'large'] });
    expect((await shop.setRecipe('latte', rows)).userErrors).toEqual([]);
  });

  it('tells the audit log', async () => {
    await withLatte(shop);
    const entries = await shop.test.published(PrivilegedWriteMade);
    expect(entries.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        action: 'inventory.setRecipe',
        target: 'Product:latte',
        details: 'The latte: Beans 18, Whole milk 240, Oat milk 240, Beans 9',
      }),
    );
  });
});

describe('availability', () => {
  it('is what the scarcest ingredient of the default options allows', async () => {
    const { beans, whole, oat } = await withLatte(shop);
    expect(await shop.availability('latte')).toEqual({ available: false, portionsLeft: 0 });
    await shop.receive(beans, '1000');
    await shop.receive(oat, '10000');
    expect(await shop.availability('latte')).toEqual({ available: false, portionsLeft: 0 });
    await shop.receive(whole, '719');
    expect(await shop.availability('latte')).toEqual({ available: true, portionsLeft: 2 });

    await shop.place('order', [{ product: 'latte', options: ['milk-whole'] }]);
    expect(await shop.availability('latte')).toEqual({ available: true, portionsLeft: 1 });
    expect(await shop.availability('latte', 'cafe-2')).toEqual({
      available: false,
      portionsLeft: 0,
    });
  });

  it('adds up what base and options take of the same ingredient', async () => {
    const beans = await shop.createIngredient('Beans');
    await shop.knowProduct('double', { size: ['double'] });
    await shop.setRecipe('double', [
      { ingredientId: beans, quantity: '9' },
      { ingredientId: beans, quantity: '9', optionId: 'double' },
    ]);
    await shop.receive(beans, '35.999');
    expect(await shop.availability('double')).toEqual({ available: true, portionsLeft: 1 });
  });

  it('has no end for what takes nothing, and is null at a café that does not exist', async () => {
    expect(await shop.availability('gift-card')).toEqual({ available: true, portionsLeft: null });
    expect(await shop.availability('gift-card', 'nowhere')).toBeNull();
  });

  it('follows a changed recipe and changed defaults at once', async () => {
    const { beans, whole, oat } = await withLatte(shop);
    await shop.receive(beans, '180');
    await shop.receive(whole, '240');
    await shop.receive(oat, '480');
    expect(await shop.availability('latte')).toMatchObject({ portionsLeft: 1 });
    await shop.knowProduct('latte', { milk: ['milk-oat', 'milk-whole'] });
    expect(await shop.availability('latte')).toMatchObject({ portionsLeft: 2 });
    await shop.setRecipe('latte', [{ ingredientId: beans, quantity: '18' }]);
    expect(await shop.availability('latte')).toMatchObject({ portionsLeft: 10 });
  });

  it('is not moved by news that is older than what is known', async () => {
    const { beans, whole, oat } = await withLatte(shop);
    for (const ingredient of [beans, whole, oat]) await shop.receive(ingredient, '240');
    shop.test.clock.advance(1_000);
    await shop.knowProduct('latte', { milk: ['milk-oat', 'milk-whole'] });
    const old = { optionGroups: [], sku: 'latte', name: 'Old', archived: false };
    await shop.test.events.append([
      {
        id: 'late-news',
        type: ProductChanged.type,
        version: 1,
        topic: ProductChanged.topic,
        key: 'latte',
        source: 'test',
        time: '2026-03-02T14:00:00.000Z',
        data: {
          ...old,
          category: { id: 'c', name: 'C' },
          price: { minor: 1, currency: 'USD' },
        },
      },
    ]);
    await shop.test.settle();
    expect(
      (await shop.setRecipe('latte', [{ ingredientId: oat, quantity: '1', optionId: 'milk-oat' }]))
        .userErrors,
    ).toEqual([]);
  });

  it('of a whole menu is read in three statements', async () => {
    const { beans } = await withLatte(shop);
    for (let n = 0; n < 30; n++) {
      await shop.knowProduct(`product-${n}`);
      await shop.setRecipe(`product-${n}`, [{ ingredientId: beans, quantity: '1' }]);
    }
    const ask = () =>
      shop.ask(
        null,
        `query ($r: [_Any!]!) { _entities(representations: $r) {
          ... on Product { availability(cafeId: "cafe-1") { available } }
        } }`,
        {
          r: Array.from({ length: 30 }, (_, n) => ({ __typename: 'Product', id: `product-${n}` })),
        },
      );
    await ask();
    shop.test.statements.length = 0;
    await ask();
    // Café, version of the recipes, levels; the recipes themselves are remembered.
    expect(shop.test.statements).toHaveLength(3);
  });
});
