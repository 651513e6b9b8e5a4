import { createRouter, type Router, type RouterOptions } from '../src/index.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

const definitions: SubgraphDefinitions = {
  rooms: {
    typeDefs: `
      type Query { rooms: [Room!]! safe: String @authenticated }
      type Mutation { book(id: ID!): Room }
      interface Room { id: ID! }
      type Attic implements Room @key(fields: "id") { id: ID! height: Int }
      type Cellar implements Room @key(fields: "id") { id: ID! depth: Int }`,
    resolvers: {
      Query: {
        rooms: () => [
          { __typename: 'Attic', id: 'a', height: 3 },
          { __typename: 'Cellar', id: 'c', depth: 4 },
        ],
        safe: () => 'SECRET',
      },
      Mutation: {
        book: () => {
          throw new Error('SELECT * FROM bookings failed at 10.0.0.7');
        },
      },
    },
  },
  prices: {
    typeDefs: 'type Attic @key(fields: "id") { id: ID! price: Int }',
    resolvers: { Attic: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 70 }) } },
  },
};

const warned: string[] = [];
const open: Router[] = [];

afterEach(() => Promise.all(open.splice(0).map((router) => router.close())));

async function served(options: Partial<RouterOptions> = {}) {
  const subgraphs = localSubgraphs(definitions);
  const ignore = (): void => {};
  const warn = (_fields: object, message: string) => void warned.push(message);
  const router = await createRouter({
    supergraph: composed(definitions),
    transports: subgraphs.transports,
    engine: 'gateway',
    logger: { debug: ignore, info: ignore, warn, error: ignore },
    ...options,
  });
  open.push(router);
  return { router, subgraphs };
}

const ROOMS = '{ rooms { kind: __typename ... on Attic { height price } id } }';

describe("ApolloGateway's executor as the engine", () => {
  it('answers in the shape of the operation', async () => {
    const { router } = await served();

    const { data, errors } = await router.execute({ query: ROOMS });

    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toBe(
      '{"rooms":[{"kind":"Attic","height":3,"price":70,"id":"a"},{"kind":"Cellar","id":"c"}]}',
    );
  });

  it('names a subgraph that is away, not its address, and answers the rest', async () => {
    const { router, subgraphs } = await served();
    subgraphs.get('prices').isDown = true;

    const { data, errors } = await router.execute({
      query: '{ rooms { ... on Attic { price } } }',
    });

    expect(data).toEqual({ rooms: [{ price: null }, {}] });
    expect(errors).toMatchObject([
      { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'prices' } },
    ]);
    expect(JSON.stringify(errors)).not.toContain('10.1.2.3');
  });

  it('masks what was not meant for clients, and logs it', async () => {
    const { router } = await served();
    warned.length = 0;

    const { data, errors } = await router.execute({ query: 'mutation { book(id: "a") { id } }' });

    expect(data).toEqual({ book: null });
    expect(errors).toMatchObject([
      {
        message: 'Internal server error',
        path: ['book'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(warned).toEqual(['A subgraph failed']);
  });

  it('withholds what a visitor may not see, and never asks for it', async () => {
    const { router, subgraphs } = await served();

    const { data, errors } = await router.execute({ query: '{ safe rooms { id } }' });

    expect(data).toEqual({ safe: null, rooms: [{ id: 'a' }, { id: 'c' }] });
    expect(errors).toMatchObject([{ path: ['safe'], extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(
      subgraphs
        .get('rooms')
        .requests.map(({ query }) => query)
        .join(),
    ).not.toContain('safe');
  });
});
