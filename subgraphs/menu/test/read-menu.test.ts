import { closeTestSubgraphs } from '@crema/kit/testing';
import { executeSync, parse, type GraphQLSchema } from 'graphql';
import { DEMO_PRODUCTS } from '../src/demo-menu.ts';
import {
  admin,
  ASTORIA,
  categoryId,
  createTestMenu,
  LOWER_MANHATTAN,
  productId,
  WHOLE_MENU,
  type MenuTest,
} from './support.ts';

afterEach(closeTestSubgraphs);

interface MenuData {
  menu: {
    cafe: { id: string };
    sections: {
      category: { id: string; name: string; position: number };
      items: {
        price: { amount: string };
        soldOut: boolean;
        product: { sku: string; name: string; optionGroups: { name: string }[] };
      }[];
    }[];
  } | null;
}

const readMenu = async (test: MenuTest, cafeId = ASTORIA) =>
  (await test.data<MenuData>(null, WHOLE_MENU, { cafeId })).menu!;

/** Those about the menu itself; the relay looks after the outbox beside them. */
const menuStatements = ({ statements }: MenuTest) =>
  statements.filter((sql) => !sql.includes('outbox'));

describe("a café's menu", () => {
  it('has sections in their order and items by name, with all that is chosen', async () => {
    const test = await createTestMenu();
    const menu = await readMenu(test);
    expect(menu.cafe).toEqual({ id: ASTORIA });
    expect(menu.sections.map(({ category }) => category.name)).toEqual([
      'Coffee',
      'Tea',
      'Drinking Chocolate',
      'Bakery',
      'Flavours',
      'Loose Tea',
      'Coffee Beans',
      'Packaged Chocolate',
      'Branded',
    ]);
    const items = menu.sections.flatMap((section) => section.items);
    expect(items).toHaveLength(DEMO_PRODUCTS.length);
    for (const section of menu.sections) {
      const names = section.items.map(({ product }) => product.name);
      expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
    }
    expect(items.find(({ product }) => product.sku === 'latte')).toEqual({
      price: { amount: '3.75', currencyCode: 'USD' },
      soldOut: false,
      product: {
        id: productId('latte'),
        sku: 'latte',
        name: 'Latte',
        description: expect.any(String),
        imageUrl: null,
        allergens: ['milk', 'oats', 'soy'],
        archived: false,
        price: { amount: '3.75', currencyCode: 'USD' },
        category: { id: categoryId('coffee'), name: 'Coffee' },
        optionGroups: [
          expect.objectContaining({ name: 'Size', min: 1, max: 1 }),
          expect.objectContaining({ name: 'Milk', min: 1, max: 1 }),
          expect.objectContaining({ name: 'Extras', min: 0, max: 3 }),
        ],
      },
    });
  });

  it('is null where there is no such café', async () => {
    const test = await createTestMenu();
    expect(
      await test.data(null, '{ menu(cafeId: "nowhere") { sections { items { soldOut } } } }'),
    ).toEqual({
      menu: null,
    });
  });

  it('hangs on the café of others', async () => {
    const test = await createTestMenu();
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Cafe { id menu { cafe { id } sections { category { name } } } }
      ... on Product { name category { name } }
      ... on Category { name }
    } }`;
    test.statements.length = 0;
    const { _entities: entities } = await test.data<{ _entities: unknown[] }>(null, query, {
      r: [
        { __typename: 'Cafe', id: ASTORIA },
        { __typename: 'Cafe', id: LOWER_MANHATTAN },
        { __typename: 'Cafe', id: 'nowhere' },
        { __typename: 'Product', id: productId('latte') },
        { __typename: 'Product', id: 'nothing' },
        { __typename: 'Category', id: categoryId('tea') },
      ],
    });
    expect(entities).toEqual([
      { id: ASTORIA, menu: { cafe: { id: ASTORIA }, sections: expect.any(Array) } },
      { id: LOWER_MANHATTAN, menu: { cafe: { id: LOWER_MANHATTAN }, sections: expect.any(Array) } },
      { id: 'nowhere', menu: null },
      { name: 'Latte', category: { name: 'Coffee' } },
      null,
      { name: 'Tea' },
    ]);
    expect(menuStatements(test).length).toBeLessThanOrEqual(5);
  });

  it('is read with a constant number of statements, and then from memory', async () => {
    const test = await createTestMenu();
    test.statements.length = 0;
    await readMenu(test);
    expect(menuStatements(test).length).toBeLessThanOrEqual(5);
    test.statements.length = 0;
    await readMenu(test, LOWER_MANHATTAN);
    await test.data(null, '{ products { nodes { name } } categories { name } }');
    expect(menuStatements(test)).toEqual([]);
    test.clock.advance(500);
    await readMenu(test);
    expect(menuStatements(test)).toEqual([expect.stringContaining('menu_version')]);
  });

  it('answers without a promise below the root: thousands of fields in one go', async () => {
    const test = await createTestMenu();
    const { schema } = test.running.subgraph;
    const expected = await readMenu(test);
    await answerRootAtOnce(schema, 'menu', { cafeId: ASTORIA });
    const answer = executeSync({
      schema,
      document: parse(WHOLE_MENU),
      variableValues: { cafeId: ASTORIA },
    });
    expect(JSON.parse(JSON.stringify(answer.data)).menu).toEqual(expected);
  });
});

/** Lets a root field answer what it has answered before. */
async function answerRootAtOnce(schema: GraphQLSchema, name: string, args: object): Promise<void> {
  const field = schema.getQueryType()!.getFields()[name]!;
  const answer: unknown = await field.resolve!(undefined, args, {}, {} as never);
  field.resolve = () => answer;
}

describe('one product', () => {
  it('is found by its id, or not at all', async () => {
    const test = await createTestMenu();
    const query = 'query ($id: ID!) { product(id: $id) { sku price { amount } } }';
    expect(await test.data(null, query, { id: productId('espresso') })).toEqual({
      product: { sku: 'espresso', price: { amount: '2.10' } },
    });
    expect(await test.data(null, query, { id: "x' OR '1'='1" })).toEqual({ product: null });
  });
});

interface ProductsData {
  products: {
    totalCount: number;
    nodes: { id: string; sku: string }[];
    edges: { cursor: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const LIST = `query ($first: Int, $after: String, $search: String, $categoryId: ID, $ids: [ID!]) {
  products(first: $first, after: $after, search: $search, categoryId: $categoryId, ids: $ids) {
    totalCount nodes { id sku } edges { cursor } pageInfo { hasNextPage endCursor }
  }
}`;

const list = async (test: MenuTest, variables: Record<string, unknown> = {}) =>
  (await test.data<ProductsData>(null, LIST, variables)).products;
const skus = async (test: MenuTest, variables: Record<string, unknown>) =>
  (await list(test, variables)).nodes.map(({ sku }) => sku);

describe('the list of products', () => {
  it('comes in pages that together are all of it, by name', async () => {
    const test = await createTestMenu();
    const all = (await list(test, { first: 100 })).nodes.map(({ sku }) => sku);
    expect(all).toHaveLength(DEMO_PRODUCTS.length);
    expect(all[0]).toBe('almond-croissant');
    for (const first of [1, 7, 53]) {
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const page: ProductsData['products'] = await list(test, { first, after });
        expect(page.totalCount).toBe(DEMO_PRODUCTS.length);
        seen.push(...page.nodes.map(({ sku }) => sku));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(seen).toEqual(all);
    }
  });

  it('has twenty unless told', async () => {
    const test = await createTestMenu();
    const { products } = await test.data<ProductsData>(null, '{ products { nodes { id } } }');
    expect(products.nodes).toHaveLength(20);
  });

  it('is searched by name, description and category, whatever the case', async () => {
    const test = await createTestMenu();
    expect(await skus(test, { search: 'FLAT white' })).toEqual(['flat-white']);
    expect(await skus(test, { search: 'bergamot' })).toEqual(['earl-grey']);
    expect(await skus(test, { search: 'drinking choco' })).toHaveLength(3);
    expect(await skus(test, { search: 'syrup vanilla' })).toEqual([
      'sugar-free-vanilla-syrup',
      'vanilla-syrup',
    ]);
    expect(await skus(test, { search: 'no such thing' })).toEqual([]);
    expect(await list(test, { search: '  ' })).toMatchObject({ totalCount: 53 });
  });

  it('takes every character for itself', async () => {
    const test = await createTestMenu();
    for (const search of ['%', '_', "' OR 1=1 --", '\\', '*', '.*']) {
      expect([search, await skus(test, { search, first: 100 })]).toEqual([search, []]);
    }
    const input = {
      sku: 'percent',
      name: '100% Café Crème_1',
      categoryId: categoryId('coffee'),
      price: { amount: '1', currencyCode: 'USD' },
    };
    const create =
      'mutation ($input: ProductInput!) { createProduct(input: $input) { userErrors { code } } }';
    await test.data(admin, create, { input });
    for (const search of ['100%', 'cafe creme', 'CRÈME_1', 'é']) {
      expect([search, await skus(test, { search })]).toEqual([
        search,
        expect.arrayContaining(['percent']),
      ]);
    }
    expect(await skus(test, { search: '%' })).toEqual(['percent']);
  });

  it('is narrowed by category and by ids', async () => {
    const test = await createTestMenu();
    expect(await skus(test, { categoryId: categoryId('branded') })).toEqual([
      'crema-mug',
      'crema-tote',
    ]);
    expect(await skus(test, { categoryId: 'none' })).toEqual([]);
    const ids = [productId('latte'), productId('crema-mug'), 'none'];
    expect(await skus(test, { ids })).toEqual(['crema-mug', 'latte']);
    expect(await skus(test, { ids, categoryId: categoryId('coffee') })).toEqual(['latte']);
    expect(await skus(test, { ids: [] })).toEqual([]);
  });

  it('refuses wrong arguments and names them', async () => {
    const test = await createTestMenu();
    const wrong: [variables: Record<string, unknown>, field: string][] = [
      [{ first: 0 }, 'first'],
      [{ first: 101 }, 'first'],
      [{ after: '???' }, 'after'],
      [{ after: Buffer.from('[1,2]').toString('base64url') }, 'after'],
      [{ search: 'x'.repeat(101) }, 'search'],
      [{ ids: Array.from({ length: 101 }, String) }, 'ids'],
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

  it('tells the categories in their order', async () => {
    const test = await createTestMenu();
    const { categories } = await test.data<{ categories: { position: number }[] }>(
      null,
      '{ categories { id name position } }',
    );
    expect(categories.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
