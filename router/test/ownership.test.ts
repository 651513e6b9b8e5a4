import { planned, type Representation } from './support/planned.ts';
import { planners } from './support/planners.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

const itself = (one: Representation) => one;

/** A user is known by its id here, by its e-mail there, and by both in between. */
const keys: SubgraphDefinitions = {
  ids: {
    typeDefs: `
      type Query { users: [User!]! }
      type User @key(fields: "id") { id: ID! }`,
    resolvers: { Query: { users: () => [{ id: '1' }, { id: '2' }, { id: '3' }] } },
  },
  both: {
    typeDefs: `type User @key(fields: "id") @key(fields: "email") @key(fields: "box { lane number }") {
      id: ID! email: String box: Box
    }
    type Box { lane: String number: Int }`,
    resolvers: {
      User: {
        __resolveReference: ({ id }: Representation) => (id === '3' ? null : { id }),
        email: ({ id }: Representation) => (id === '1' ? 'one@x' : null),
        box: ({ id }: Representation) => ({ lane: 'A', number: Number(id) }),
      },
    },
  },
  mails: {
    typeDefs: 'type User @key(fields: "email") { email: String nick: String }',
    resolvers: {
      User: {
        __resolveReference: itself,
        nick: ({ email }: Representation) => email && `nick of ${String(email)}`,
      },
    },
  },
  boxes: {
    typeDefs: `
      type User @key(fields: "box { lane number }") { box: Box letters: Int }
      type Box { lane: String number: Int }`,
    resolvers: {
      User: {
        __resolveReference: itself,
        letters: ({ box }: { box: { number: number } }) => box.number * 100,
      },
    },
  },
};

/** Fields that moved, are shared, or are given along the way. */
const moved: SubgraphDefinitions = {
  old: {
    typeDefs: `
      type Query { item: Item @shareable shelf: Shelf version: String @shareable }
      type Mutation { first: String }
      type Shelf { item: Item @provides(fields: "label") }
      type Item @key(fields: "id") {
        id: ID! price: Int label: String @external secret: String @inaccessible kind: Kind
      }
      enum Kind { SMALL LARGE HIDDEN @inaccessible }`,
    resolvers: {
      Query: {
        item: () => ({ id: 'i' }),
        shelf: () => ({ item: { id: 'i', label: 'given' } }),
        version: () => 'v',
      },
      Mutation: { first: () => 'one' },
      Item: { __resolveReference: itself, price: () => 1, kind: () => 'HIDDEN' },
    },
  },
  fresh: {
    typeDefs: `
      type Query { item: Item @shareable version: String @shareable }
      type Mutation { second: String }
      type Item @key(fields: "id") {
        id: ID! price: Int @override(from: "old") label: String @shareable fail: String!
      }`,
    resolvers: {
      Query: { item: () => ({ id: 'i' }), version: () => 'v' },
      Mutation: { second: () => 'two' },
      Item: {
        __resolveReference: ({ id }: Representation) => ({ id }),
        price: () => 2,
        label: () => 'asked for',
        fail: () => {
          throw new Error('no');
        },
      },
    },
  },
};

describe.each(planners)('whose fields are whose, planned by $name', (planner) => {
  it('goes from key to key, and no further where a key is null', async () => {
    const { ask } = await planned(planner, keys);

    expect(await ask('{ users { id nick } }')).toEqual({
      users: [
        { id: '1', nick: 'nick of one@x' },
        { id: '2', nick: null },
        { id: '3', nick: null },
      ],
    });
  });

  it('goes by keys with objects in them', async () => {
    const { ask } = await planned(planner, keys);

    expect(await ask('{ users { letters } }')).toEqual({
      users: [{ letters: 100 }, { letters: 200 }, { letters: null }],
    });
  });

  it('takes a field from where it moved to', async () => {
    const { ask, requestsTo } = await planned(planner, moved);

    expect(await ask('{ item { price } shelf { item { price } } }')).toEqual({
      item: { price: 2 },
      shelf: { item: { price: 2 } },
    });
    expect(
      requestsTo('old')
        .map(({ query }) => query)
        .join(),
    ).not.toContain('price');
  });

  it('takes what is provided on the way without another fetch', async () => {
    const { ask, requestsTo } = await planned(planner, moved);

    expect(await ask('{ shelf { item { label } } }')).toEqual({
      shelf: { item: { label: 'given' } },
    });
    expect(requestsTo('fresh')).toEqual([]);
  });

  it('asks one subgraph for a root field that several have', async () => {
    const { ask, requestsTo } = await planned(planner, moved);

    expect(await ask('{ version }')).toEqual({ version: 'v' });
    expect(requestsTo('old').length + requestsTo('fresh').length).toBe(1);
  });

  it('shows nothing inaccessible', async () => {
    const { attempt } = await planned(planner, moved);

    expect(await attempt('{ item { id kind } }')).toEqual({
      data: { item: { id: 'i', kind: null } },
      errors: ['item.kind'],
    });
    expect((await attempt('{ item { secret } }')).data).toBeUndefined();
  });

  it('runs mutations in their order', async () => {
    const { ask, requestsTo } = await planned(planner, moved);

    expect(await ask('mutation { b: second a: first c: second }')).toEqual({
      b: 'two',
      a: 'one',
      c: 'two',
    });
    expect(requestsTo('fresh').map(({ query }) => query.includes('b:'))).toEqual([true, false]);
    expect(requestsTo('old')).toHaveLength(1);
  });

  it('lets null rise to the next field that may be null, with one error at its place', async () => {
    const { attempt } = await planned(planner, moved);

    expect(await attempt('{ item { id fail } shelf { item { id again: fail } } }')).toEqual({
      data: { item: null, shelf: { item: null } },
      errors: ['item.fail', 'shelf.item.again'],
    });
  });
});
