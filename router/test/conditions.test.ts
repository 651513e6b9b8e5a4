import { planned, type Representation } from './support/planned.ts';
import { planners } from './support/planners.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

const definitions: SubgraphDefinitions = {
  shelf: {
    typeDefs: `
      type Query { things: [Thing!]! version: String }
      type Thing @key(fields: "id") { id: ID! weight: Int parts: [Part!]! }
      interface Part { id: ID! }
      type Screw implements Part { id: ID! broken: Int! }`,
    resolvers: {
      Query: { things: () => [{ id: '1', weight: 4 }], version: () => 'v' },
      Thing: { parts: () => [{ __typename: 'Screw', id: 's' }] },
      Screw: {
        broken: () => {
          throw new Error('nobody asked for it');
        },
      },
    },
  },
  post: {
    typeDefs: `type Thing @key(fields: "id") {
      id: ID! weight: Int @external postage: Int @requires(fields: "weight") stock: Int
    }`,
    resolvers: {
      Thing: {
        __resolveReference: (one: Representation) => one,
        postage: ({ weight }: Representation) => Number(weight) * 2,
        stock: () => 9,
      },
    },
  },
};

describe.each(planners)('conditions, planned by $name', (planner) => {
  const cases: [string, string, Record<string, boolean>, unknown][] = [
    [
      'the same variable within itself, the other way round',
      'query ($a: Boolean!) { things @skip(if: $a) { id @include(if: $a) weight } }',
      { a: false },
      { things: [{ weight: 4 }] },
    ],
    [
      'all that an object was asked for is left out',
      'query ($a: Boolean!) { things { id @include(if: $a) } }',
      { a: false },
      { things: [{}] },
    ],
    [
      'a field twice, once with a condition',
      'query ($a: Boolean!) { things { id } things @include(if: $a) { stock } }',
      { a: true },
      { things: [{ id: '1', stock: 9 }] },
    ],
    [
      'a field in a fragment that is left out is not asked for',
      `query ($a: Boolean!) {
        things { parts { id ... on Screw @include(if: $a) { broken } } parts @skip(if: $a) { id } }
      }`,
      { a: false },
      { things: [{ parts: [{ id: 's' }] }] },
    ],
    [
      'a field that requires another beside one that is left out',
      'query ($a: Boolean!) { things { ... on Thing { stock @include(if: $a) } postage } }',
      { a: false },
      { things: [{ postage: 8 }] },
    ],
    [
      'both directives on one field',
      'query ($a: Boolean!, $b: Boolean!) { version @include(if: $a) @skip(if: $b) things { id } }',
      { a: true, b: true },
      { things: [{ id: '1' }] },
    ],
    [
      'everything is left out',
      'query ($a: Boolean!) { version @include(if: $a) ...T @include(if: $a) } fragment T on Query { things { id } }',
      { a: false },
      {},
    ],
    [
      'a constant',
      '{ version @include(if: false) things { id @skip(if: false) } }',
      {},
      { things: [{ id: '1' }] },
    ],
  ];

  it.each(cases)('%s', async (_name, query, variables, data) => {
    const { ask } = await planned(planner, definitions);

    expect(await ask(query, variables)).toEqual(data);
  });

  it('takes the default of a variable', async () => {
    const { ask } = await planned(planner, definitions);
    const query =
      'query ($a: Boolean = false) { version @skip(if: $a) things @include(if: $a) { id } }';

    expect(await ask(query)).toEqual({ version: 'v' });
    expect(await ask(query, { a: true })).toEqual({ things: [{ id: '1' }] });
  });

  it('asks no subgraph whose fields are left out', async () => {
    const { ask, requestsTo } = await planned(planner, definitions);

    await ask('query ($a: Boolean!) { things { id stock @include(if: $a) } }', { a: false });
    expect(requestsTo('post')).toEqual([]);
  });

  it('tells fields where they are first asked for, and not where they are left out', async () => {
    const { ask } = await planned(planner, definitions);

    const query = 'query ($a: Boolean!) { things { id @include(if: $a) stock weight id } }';
    const orderOf = async (a: boolean) => {
      const { things } = (await ask(query, { a })) as { things: object[] };
      return things.map((thing) => Object.keys(thing).join(' '));
    };
    expect(await orderOf(false)).toEqual(['stock weight id']);
    expect(await orderOf(true)).toEqual(['id stock weight']);
  });
});
