import type { CallerClaims } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import {
  admin,
  barista,
  CAFE,
  createTestInventory,
  customer,
  manager,
  otherManager,
  withLatte,
} from './support.ts';

afterEach(closeTestSubgraphs);

const CALLERS: Record<string, CallerClaims | null> = {
  visitor: null,
  customer,
  barista,
  manager,
  otherManager,
  admin,
};

type Access = Record<string, { query: (ids: { beans: string }) => string; may: string[] }>;

const entity = (type: string, id: string, fields: string) =>
  `{ _entities(representations: [{ __typename: "${type}", id: "${id}" }]) { ... on ${type} { ${fields} } } }`;
const input = (beans: string, key: string) =>
  `{ idempotencyKey: "${key}", cafeId: "${CAFE}", ingredientId: "${beans}", quantity: "1" }`;

/** Everybody who may; all others are refused. */
const FIELDS: Access = {
  ingredients: {
    query: () => '{ ingredients { id } }',
    may: ['barista', 'manager', 'otherManager', 'admin'],
  },
  stockMovements: {
    query: () => `{ stockMovements(cafeId: "${CAFE}") { nodes { id } } }`,
    may: ['barista', 'manager', 'admin'],
  },
  'Cafe.stock': {
    query: () => entity('Cafe', CAFE, 'id stock { onHand }'),
    may: ['barista', 'manager', 'admin'],
  },
  'Product.recipe': {
    query: () => entity('Product', 'latte', 'id recipe { quantity }'),
    may: ['barista', 'manager', 'otherManager', 'admin'],
  },
  'Product.availability': {
    query: () => entity('Product', 'latte', `availability(cafeId: "${CAFE}") { available }`),
    may: Object.keys(CALLERS),
  },
  createIngredient: {
    query: () =>
      'mutation { createIngredient(input: { name: "New", unit: PIECE }) { ingredient { id } } }',
    may: ['manager', 'otherManager', 'admin'],
  },
  setRecipe: {
    query: () => 'mutation { setRecipe(productId: "latte", items: []) { recipe { quantity } } }',
    may: ['manager', 'otherManager', 'admin'],
  },
  receiveStock: {
    query: ({ beans }) =>
      `mutation { receiveStock(input: ${input(beans, 'a')}) { stockLevel { onHand } } }`,
    may: ['manager', 'admin'],
  },
  recordWaste: {
    query: ({ beans }) =>
      `mutation { recordWaste(input: ${input(beans, 'b')}) { stockLevel { onHand } } }`,
    may: ['manager', 'admin'],
  },
  countStock: {
    query: ({ beans }) =>
      `mutation { countStock(input: ${input(beans, 'c')}) { stockLevel { onHand } } }`,
    may: ['manager', 'admin'],
  },
  setReorderPoint: {
    query: ({ beans }) =>
      `mutation { setReorderPoint(cafeId: "${CAFE}", ingredientId: "${beans}", quantity: "1") {
        stockLevel { onHand }
      } }`,
    may: ['manager', 'admin'],
  },
};

const CASES = Object.entries(FIELDS).flatMap(([field, { query, may }]) =>
  Object.keys(CALLERS).map((who) => ({ field, who, query, allowed: may.includes(who) })),
);

describe('who may what', () => {
  it('is decided for every field and everybody', async () => {
    const shop = await createTestInventory();
    const { beans } = await withLatte(shop);
    await shop.receive(beans, '1000');
    for (const { field, who, query, allowed } of CASES) {
      const before = await shop.movements();
      const { data, errors } = await shop.test.ask(CALLERS[who]!, query({ beans }));
      const codes = (errors ?? []).map(({ extensions }) => extensions?.['code']);
      const expected = allowed ? [] : [who === 'visitor' ? 'UNAUTHENTICATED' : 'FORBIDDEN'];
      expect({ field, who, codes }).toEqual({ field, who, codes: expected });
      if (!allowed) {
        expect(JSON.stringify(data ?? null)).not.toMatch(/onHand|quantity|nodes/);
        expect(await shop.movements()).toEqual(before);
      }
    }
  }, 60_000);
});

describe('what is refused', () => {
  it('is null beside what may be seen', async () => {
    const shop = await createTestInventory();
    const { data, errors } = await shop.test.ask(
      customer,
      entity('Cafe', CAFE, 'id stock { onHand }'),
    );
    expect(data).toEqual({ _entities: [{ id: CAFE, stock: null }] });
    expect(errors).toMatchObject([{ path: ['_entities', 0, 'stock'] }]);
  });

  it('leaves ingredients unknown to customers, also by reference', async () => {
    const shop = await createTestInventory();
    const beans = await shop.createIngredient('Beans');
    const query = entity('Ingredient', beans, 'name');
    expect((await shop.test.ask(customer, query)).data).toEqual({ _entities: [null] });
    expect((await shop.test.ask(barista, query)).data).toEqual({ _entities: [{ name: 'Beans' }] });
  });

  it.each(['visitor', 'customer', 'otherManager'])('lets no %s listen', async (who) => {
    const shop = await createTestInventory();
    const live = await shop.test.watch(
      CALLERS[who]!,
      `subscription { lowStock(cafeId: "${CAFE}") { onHand } }`,
    );
    const { value } = await live.next();
    const code = who === 'visitor' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect(value).toMatchObject({ errors: [{ extensions: { code } }] });
    expect((await live.next()).done).toBe(true);
  });
});
