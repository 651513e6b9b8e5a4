import { createRouter, type Router } from '../src/index.ts';
import { planners } from './support/planners.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

interface Reference {
  __typename: string;
  id: string;
}

describe.each(planners)('planned by $name', (planner) => {
  let router: Router;
  let subgraphs: ReturnType<typeof localSubgraphs>;

  async function start(definitions: SubgraphDefinitions): Promise<void> {
    subgraphs = localSubgraphs(definitions);
    router = await createRouter({
      supergraph: composed(definitions),
      transports: subgraphs.transports,
      ...planner.options,
    });
  }

  afterEach(() => router.close());

  it('asks for each distinct entity once and writes it to all of its places', async () => {
    const books = ['1', '2', '1', '1'].map((id) => ({ id }));
    await start({
      shelf: {
        typeDefs: 'type Query { books: [Book!]! } type Book @key(fields: "id") { id: ID! }',
        resolvers: { Query: { books: () => books } },
      },
      titles: {
        typeDefs: 'type Book @key(fields: "id") { id: ID! title: String note: String! }',
        resolvers: {
          Book: {
            __resolveReference: ({ id }: Reference) => ({ id, title: 'Title ' + id }),
            note: ({ id }: Reference) => {
              if (id === '1') throw new Error('no note');
              return 'note';
            },
          },
        },
      },
    });

    const { data } = await router.execute({ query: '{ books { title } }' });
    expect(data).toEqual({ books: ['1', '2', '1', '1'].map((id) => ({ title: 'Title ' + id })) });
    expect(subgraphs.get('titles').requests[0]?.variables['representations']).toHaveLength(2);

    const failed = await router.execute({ query: '{ books { note } }' });
    expect(failed.data).toBeNull();
    expect(failed.errors?.map((error) => error.path?.join('.'))).toEqual([
      'books.0.note',
      'books.2.note',
      'books.3.note',
    ]);
  });

  it('serves interface objects', async () => {
    await start({
      media: {
        typeDefs: `
        type Query { media: [Media!]! }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String }`,
        resolvers: {
          Query: {
            media: () => [
              { __typename: 'Book', id: 'b', title: 'Dune', pages: 412 },
              { __typename: 'Film', id: 'f', title: 'Alien' },
            ],
          },
          Media: {
            __resolveReference: ({ id }: Reference) =>
              id === 'b'
                ? { __typename: 'Book', id, title: 'Dune', pages: 412 }
                : { __typename: 'Film', id },
          },
          Book: { __resolveReference: ({ id }: Reference) => ({ id, title: 'Dune', pages: 412 }) },
          Film: { __resolveReference: ({ id }: Reference) => ({ id, title: 'Alien' }) },
        },
      },
      reviews: {
        typeDefs: `
        type Query { best: Media }
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
        resolvers: {
          Query: { best: () => ({ id: 'b' }) },
          Media: {
            __resolveReference: ({ id }: Reference) => ({ id }),
            stars: ({ id }: Reference) => (id === 'b' ? 5 : 4),
          },
        },
      },
    });

    const query = `{
    media { __typename title stars ... on Book { pages stars } }
    best { __typename stars ... on Book { pages } }
  }`;
    expect(await router.execute({ query })).toMatchObject({
      data: {
        media: [
          { __typename: 'Book', title: 'Dune', stars: 5, pages: 412 },
          { __typename: 'Film', title: 'Alien', stars: 4 },
        ],
        best: { __typename: 'Book', stars: 5, pages: 412 },
      },
    });
  });

  it('gives fields what stands around their object: @context', async () => {
    await start({
      shops: {
        typeDefs: `
        type Query { shops: [Shop!]! }
        type Shop @key(fields: "id") @context(name: "shop") { id: ID! currency: String! items: [Item!]! }
        type Item @key(fields: "id") {
          id: ID!
          price(currency: String @fromContext(field: "$shop { currency }")): String
        }`,
        resolvers: {
          Query: {
            shops: () => [
              { id: 's1', currency: 'EUR', items: [{ id: 'i1' }, { id: 'i2' }] },
              { id: 's2', currency: 'USD', items: [{ id: 'i1' }] },
            ],
          },
          Shop: { __resolveReference: ({ id }: Reference) => ({ id }) },
          Item: {
            __resolveReference: ({ id }: Reference) => ({ id }),
            price: ({ id }: Reference, { currency }: { currency: string }) => `${id} ${currency}`,
          },
        },
      },
      other: {
        typeDefs: 'type Item @key(fields: "id") { id: ID! weight: Int }',
        resolvers: { Item: { __resolveReference: () => ({ weight: 1 }) } },
      },
    });

    const { data, errors } = await router.execute({
      query: '{ shops { items { cost: price weight } } }',
    });

    expect(errors).toBeUndefined();
    expect(data).toEqual({
      shops: [
        {
          items: [
            { cost: 'i1 EUR', weight: 1 },
            { cost: 'i2 EUR', weight: 1 },
          ],
        },
        { items: [{ cost: 'i1 USD', weight: 1 }] },
      ],
    });
  });

  it('tells types apart whose fields have one name and different types', async () => {
    await start({
      things: {
        typeDefs: `
        type Query { things: [Thing] }
        union Thing = A | B
        type A @key(fields: "id") { id: ID! }
        type B @key(fields: "id") { id: ID! }`,
        resolvers: {
          Query: {
            things: () => [
              { __typename: 'A', id: '1' },
              { __typename: 'B', id: '2' },
            ],
          },
        },
      },
      values: {
        typeDefs: `
        type A @key(fields: "id") { id: ID! a: String! } 
        type B @key(fields: "id") { id: ID! b: String }`,
        resolvers: {
          A: { __resolveReference: ({ id }: Reference) => ({ id }), a: () => 'a' },
          B: { __resolveReference: ({ id }: Reference) => ({ id }), b: () => 'b' },
        },
      },
    });

    const query = '{ things { ... on A { id value: a } ... on B { id other: b } } }';
    expect((await router.execute({ query })).data).toEqual({
      things: [
        { id: '1', value: 'a' },
        { id: '2', other: 'b' },
      ],
    });
  });

  it('serves another supergraph after a reload, and keeps the old one when the new one is bad', async () => {
    const before: SubgraphDefinitions = {
      one: { typeDefs: 'type Query { old: String }', resolvers: { Query: { old: () => 'old' } } },
    };
    const after: SubgraphDefinitions = {
      one: {
        typeDefs: 'type Query { fresh: String }',
        resolvers: { Query: { fresh: () => 'fresh' } },
      },
    };
    let now = localSubgraphs(before);
    router = await createRouter({
      supergraph: composed(before, () => 'http://one.invalid/1'),
      transports: (subgraph) => now.transports(subgraph),
    });

    await expect(router.reload('type Query { nonsense: Int }')).rejects.toThrow(
      'Invalid supergraph',
    );
    expect((await router.execute({ query: '{ old }' })).data).toEqual({ old: 'old' });

    now = localSubgraphs(after);
    await router.reload(composed(after, () => 'http://one.invalid/2'));
    expect((await router.execute({ query: '{ fresh }' })).data).toEqual({ fresh: 'fresh' });
  });
});
