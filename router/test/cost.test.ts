import { serve, type ServedRouter } from './support/serve.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

const definitions: SubgraphDefinitions = {
  shop: {
    typeDefs: `
      type Query {
        one: Item  flat: String  heavy: String @cost(weight: 7)
        items: [Item]  nested: [[Item]]  five: [Item] @listSize(assumedSize: 5)
        page(first: Int = 20, last: Int): Page @listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])
        sliced(first: Int, last: Int): [Item] @listSize(assumedSize: 4, slicingArguments: ["first", "last"])
        either(first: Int, last: Int): [Item]
          @listSize(assumedSize: 4, slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
        find(filter: Filter, text: String @cost(weight: 3)): String
        thing: Thing  any: Any
      }
      type Mutation { change: Item  send: Boolean @cost(weight: 20) }
      type Subscription { changed: Item }
      input Filter { name: String @cost(weight: 2)  not: Filter }
      type Item { id: ID! owner: Owner genre: Genre }
      type Owner @cost(weight: 5) { name: String items: [Item] }
      enum Genre @cost(weight: 1) { NOVEL }
      type Page { edges: [Edge] nodes: [Item] total: Int }
      type Edge { node: Item }
      interface Thing { id: ID dear: String }
      type Cheap implements Thing { id: ID dear: String }
      type Dear implements Thing { id: ID dear: String @cost(weight: 9) }
      union Any = Cheap | Owner`,
    resolvers: { Query: { flat: () => 'flat' }, Mutation: {}, Subscription: {} },
  },
};

let served: ServedRouter;

beforeAll(async () => {
  served = await serve(definitions, { mode: 'development' });
});

afterAll(() => served.router.close());

const ITEMS = 'query ($first: Int)';

it.each<[string, string, number, Record<string, unknown>?]>([
  ['scalars cost nothing', '{ flat }', 0],
  ['an object costs one', '{ one { id } }', 1],
  ['a field has its own weight', '{ heavy }', 7],
  ['a type has a weight for all its fields', '{ one { owner { name } } }', 6],
  ['an enum may have one', '{ one { genre } }', 2],
  ['introspection costs nothing', '{ __typename __type(name: "Item") { fields { name } } }', 0],
  ['a list is ten long', '{ items { id } }', 10],
  ['a list in a list a hundred', '{ nested { id } }', 100],
  ['lists multiply', '{ items { owner { items { id } } } }', 10 * (1 + 5 + 10)],
  ['a list has an assumed size', '{ five { owner { name } } }', 5 * 6],
  ['a page has a default size', '{ page { nodes { id } total } }', 1 + 20],
  [
    'a page has a literal size',
    '{ page(first: 3) { nodes { id } edges { node { id } } } }',
    1 + 3 + 6,
  ],
  [
    'a page has a variable size',
    `${ITEMS} { page(first: $first) { nodes { id } } }`,
    1 + 7,
    { first: 7 },
  ],
  [
    'a variable left out has the default',
    `${ITEMS} { page(first: $first) { nodes { id } } }`,
    1 + 20,
  ],
  ['a size below zero is none', '{ page(first: -5) { nodes { id } } }', 1],
  [
    'sized fields stand in fragments, too',
    '{ page(first: 2) { ...P } } fragment P on Page { nodes { id } }',
    3,
  ],
  ['one of two arguments is the size', '{ sliced(last: 6) { id } }', 6],
  ['the greater of two is the size', '{ either(first: 2, last: 6) { id } }', 6],
  ['none of two leaves the assumed size', '{ either { id } }', 4],
  ['arguments have weights', '{ find(text: "a") }', 3],
  [
    'input fields have weights where they are given',
    '{ find(filter: { name: "a", not: { name: "b" } }) }',
    4,
  ],
  [
    'input variables count the same',
    'query ($f: Filter) { find(filter: $f) }',
    4,
    { f: { name: 'a', not: { name: 'b' } } },
  ],
  ['an interface costs what its dearest object does', '{ thing { dear } }', 10],
  ['a union costs what its dearest object does', '{ any { __typename } }', 5],
  ['a mutation costs ten and its fields', 'mutation { change { id } send }', 10 + 1 + 20],
  [
    'what is skipped costs nothing',
    'query ($no: Boolean!) { one @skip(if: true) { id } items @include(if: $no) { id } }',
    0,
    { no: false },
  ],
  [
    'what is included costs',
    'query ($no: Boolean!) { items @include(if: $no) { id } }',
    10,
    { no: true },
  ],
  ['a duplicate costs twice', '{ one { id } one { id } }', 2],
])('%s', async (_name, query, estimated, ...[variables]) => {
  const { body } = await served.post({ query, variables });

  expect(body).toMatchObject({ extensions: { cost: { estimated, max: 30_000 } } });
});

it.each([
  ['two of two arguments', '{ sliced(first: 1, last: 2) { id } }', undefined],
  ['none of two arguments', '{ sliced { id } }', undefined],
  ['a size of null', '{ page(first: null) { nodes { id } } }', undefined],
  ['a variable of null', `${ITEMS} { page(first: $first) { nodes { id } } }`, { first: null }],
])('refuses %s where exactly one says the size', async (_name, query, variables) => {
  const { status, body } = await served.post({ query, variables });

  expect(status).toBe(400);
  expect(body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  expect(body.errors?.[0]?.message).toMatch(/^The list Query\.(sliced|page) has to be given/);
});

it('refuses what costs too much, with its cost and the limit', async () => {
  const strict = await serve(definitions, { limits: { maxCost: 100 } });
  const query = `${ITEMS} { page(first: $first) { nodes { id } } }`;

  const fits = await strict.post({ query, variables: { first: 99 } });
  const { status, body } = await strict.post({ query, variables: { first: 100 } });

  expect(fits.body.errors).toBeUndefined();
  expect(status).toBe(400);
  expect(body).toEqual({
    errors: [
      {
        message: 'The operation costs too much, 101 by estimate: 100 at most',
        extensions: { code: 'COST_LIMIT_EXCEEDED', limit: 100, cost: 101 },
      },
    ],
  });
  await strict.router.close();
});

it.each(['query', 'mutation', 'subscription'] as const)(
  'refuses a %s by its cost',
  async (kind) => {
    const strict = await serve(definitions, { limits: { maxCost: 0 } });
    const field = { query: 'one', mutation: 'change', subscription: 'changed' }[kind];

    const events = strict.router.subscribe({ query: `${kind} { ${field} { id } }` });

    expect((await events.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'COST_LIMIT_EXCEEDED', limit: 0 } }],
    });
    await strict.router.close();
  },
);

it('takes lists to be as long as it is told', async () => {
  const told = await serve(definitions, { mode: 'development', limits: { listSize: 3 } });

  const { body } = await told.post({ query: '{ items { id } nested { id } }' });

  expect(body).toMatchObject({ extensions: { cost: { estimated: 3 + 9 } } });
  await told.router.close();
});

it('does not tell the cost in production', async () => {
  const production = await serve(definitions);

  expect((await production.post({ query: '{ flat }' })).body).toEqual({ data: { flat: 'flat' } });
  await production.router.close();
});
