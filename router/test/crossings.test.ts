import { planned, type Representation } from './support/planned.ts';
import { planners } from './support/planners.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

/** A part by one of its keys. */
type Coded = Representation & { readonly code?: { readonly text: string } | null };

/** What several subgraphs define in part, or in ways of their own. */
const parts: SubgraphDefinitions = {
  warehouse: {
    typeDefs: `
      type Query { part(filter: Filter!): Part stock: [Part!]! newest: Part @shareable }
      input Filter { id: ID! onlyHere: String }
      enum Size { SMALL LARGE HUGE }
      type Part @key(fields: "id") { id: ID! size: Size }
      type Crate { part: Part next: Crate }
      extend type Query { crates: [[Crate]] }`,
    resolvers: {
      Query: {
        part: (_: unknown, { filter }: { filter: { id: string } }) => stored(filter.id),
        stock: () => ['1', '2', '3'].map(stored),
        newest: () => stored('2'),
        crates: () => [[{ part: stored('1'), next: { part: null } }, null], null],
      },
      Part: { __resolveReference: ({ id }: Representation) => stored(id) },
    },
  },
  catalogue: {
    typeDefs: `
      type Query { newest: Part @shareable sized(size: Fit!): [Part!]! }
      enum Fit { SMALL LARGE }
      type Part @key(fields: "id") @key(fields: "code { text }") { id: ID! code: Code title: String @shareable }
      type Code @shareable { text: String! }`,
    resolvers: {
      Query: {
        newest: () => listed('2'),
        sized: (_: unknown, { size }: { size: string }) => (size === 'LARGE' ? [listed('2')] : []),
      },
      Part: {
        __resolveReference: ({ id, code }: Coded) => listed(id ?? code?.text.slice(1)),
      },
    },
  },
  makers: {
    typeDefs: `
      type Part @key(fields: "code { text }") { code: Code maker: Maker weight: Int }
      type Code @shareable { text: String! }
      type Maker { name: String part: Part }
      type Query { suppliers: [Supplier!]! }
      interface Supplier { best: Part }
      type Local implements Supplier { best: Part @provides(fields: "title") }
      extend type Part { title: String @external }`,
    resolvers: {
      Query: {
        suppliers: () => [
          { __typename: 'Local', best: { ...coded({ text: 'c1' }), title: 'Bolt, by heart' } },
        ],
      },
      Part: {
        __resolveReference: ({ code }: Coded) => code && coded(code),
        maker: ({ code }: Coded) => ({ name: `Maker of ${code!.text}`, part: coded(code!) }),
        weight: () => 7,
      },
    },
  },
};

const stored = (id: string) => ({ id, size: id === '3' ? 'HUGE' : 'LARGE' });

/** The third has no code, by which its maker could be found. */
const listed = (id: string | undefined) => ({
  id,
  code: id === '3' ? null : { text: `c${id}` },
  title: `Part ${id}`,
});

const coded = (code: { readonly text: string }) => ({ code });

describe.each(planners)('parts of one graph, planned by $name', (planner) => {
  it('are reached over as many keys as it takes, and end where a key is missing', async () => {
    const { ask } = await planned(planner, parts);

    expect(await ask('{ stock { id maker { name } } }')).toEqual({
      stock: [
        { id: '1', maker: { name: 'Maker of c1' } },
        { id: '2', maker: { name: 'Maker of c2' } },
        { id: '3', maker: null },
      ],
    });
  });

  it('are gone through in a circle', async () => {
    const { ask } = await planned(planner, parts);
    const query =
      '{ part(filter: { id: "1" }) { maker { part { title maker { part { weight } } } } } }';

    expect(await ask(query)).toEqual({
      part: { maker: { part: { title: 'Part 1', maker: { part: { weight: 7 } } } } },
    });
  });

  it('give a root field that several have what each of them knows', async () => {
    const { ask } = await planned(planner, parts);

    expect(await ask('{ newest { id size title weight } }')).toEqual({
      newest: { id: '2', size: 'LARGE', title: 'Part 2', weight: 7 },
    });
  });

  it('take by an input only what all subgraphs know that have it', async () => {
    const { ask, attempt } = await planned(planner, parts);

    expect(
      await ask('query ($size: Fit!) { sized(size: $size) { id } }', { size: 'LARGE' }),
    ).toEqual({
      sized: [{ id: '2' }],
    });
    expect((await attempt('{ sized(size: HUGE) { id } }')).errors).toHaveLength(1);
  });

  it('are provided behind an interface, where they are not asked for elsewhere', async () => {
    const { ask, requestsTo } = await planned(planner, parts);

    expect(await ask('{ suppliers { ... on Local { best { title weight } } } }')).toEqual({
      suppliers: [{ best: { title: 'Bolt, by heart', weight: 7 } }],
    });
    expect(requestsTo('catalogue')).toEqual([]);
  });

  it('lie in lists of lists, with nulls at every depth', async () => {
    const { ask } = await planned(planner, parts);

    expect(await ask('{ crates { part { title } next { part { title } } } }')).toEqual({
      crates: [[{ part: { title: 'Part 1' }, next: { part: null } }, null], null],
    });
  });

  it('tell their types by as many names as are asked for', async () => {
    const { ask } = await planned(planner, parts);

    expect(await ask('{ a: __typename stock { b: __typename c: __typename title } }')).toEqual({
      a: 'Query',
      stock: ['1', '2', '3'].map((id) => ({ b: 'Part', c: 'Part', title: `Part ${id}` })),
    });
  });
});

describe.each(planners)('what subgraphs do not agree on, planned by $name', (planner) => {
  const shops: SubgraphDefinitions = {
    paper: {
      typeDefs: `
        type Query { paper: Item @shareable find(by: By): String @shareable }
        enum Colour { RED BLUE }
        input By { id: ID colour: String }
        type Item @key(fields: "id") { id: ID! colour: Colour @shareable }`,
      resolvers: {
        Query: { paper: () => ({ id: '1', colour: 'BLUE' }), find: () => 'paper' },
        Item: { __resolveReference: ({ id }: Representation) => ({ id, colour: 'BLUE' }) },
      },
    },
    paint: {
      typeDefs: `
        type Query { paint: [Item!] find(by: By): String @shareable }
        enum Colour { RED GREEN }
        input By { id: ID brand: String }
        type Item @key(fields: "id") { id: ID! colour: Colour @shareable gloss: Int }`,
      resolvers: {
        Query: { paint: () => [{ id: '2', colour: 'GREEN' }], find: () => 'paint' },
        Item: { __resolveReference: ({ id }: Representation) => ({ id, gloss: 3 }) },
      },
    },
  };

  it('has every value of an enum that any of them tells', async () => {
    const { ask } = await planned(planner, shops);

    expect(await ask('{ paper { colour gloss } paint { colour } }')).toEqual({
      paper: { colour: 'BLUE', gloss: 3 },
      paint: [{ colour: 'GREEN' }],
    });
  });

  it('has only those fields of an input that all of them take', async () => {
    const { ask, attempt } = await planned(planner, shops);

    expect(await ask('{ find(by: { id: "1" }) }')).toMatchObject({
      find: expect.stringMatching(/paper|paint/),
    });
    expect((await attempt('{ find(by: { brand: "Crema" }) }')).errors).toHaveLength(1);
  });
});
