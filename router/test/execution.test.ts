import { createRouter } from '../src/index.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

const products = [
  { id: '1', name: 'Flat white', price: 4 },
  { id: '2', name: 'Cortado', price: 3 },
];

const definitions: SubgraphDefinitions = {
  menu: {
    typeDefs: `
      type Query { products: [Product!]! product(id: ID!): Product }
      type Product @key(fields: "id") { id: ID! name: String! price: Int! }`,
    resolvers: {
      Query: {
        products: () => products,
        product: (_: unknown, { id }: { id: string }) => products.find((one) => one.id === id),
      },
      Product: {
        __resolveReference: ({ id }: { id: string }) => products.find((one) => one.id === id),
      },
    },
  },
  stock: {
    typeDefs: `
      type Product @key(fields: "id") { id: ID! left: Int }`,
    resolvers: {
      Product: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        left: ({ id }: { id: string }) => Number(id) * 10,
      },
    },
  },
};

it('joins what two subgraphs know of the same entities', async () => {
  const subgraphs = localSubgraphs(definitions);
  const router = await createRouter({
    supergraph: composed(definitions),
    transports: subgraphs.transports,
  });

  const result = await router.execute({
    query:
      'query ($id: ID!) { products { title: name left } product(id: $id) { __typename left } }',
    variables: { id: '2' },
  });

  expect(result).toEqual({
    data: {
      products: [
        { title: 'Flat white', left: 10 },
        { title: 'Cortado', left: 20 },
      ],
      product: { __typename: 'Product', left: 20 },
    },
    cookies: [],
  });
});

it('tells at each field of a subgraph that it is away, and nowhere else', async () => {
  const subgraphs = localSubgraphs(definitions);
  const router = await createRouter({
    supergraph: composed(definitions),
    transports: subgraphs.transports,
  });
  subgraphs.get('menu').isDown = true;

  const { data, errors } = await router.execute({
    query: '{ __typename t: __typename one: product(id: "1") { name } product(id: "2") { left } }',
  });

  expect(data).toEqual({ __typename: 'Query', t: 'Query', one: null, product: null });
  expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions?.['code']])).toEqual([
    ['one', 'SUBGRAPH_UNAVAILABLE'],
    ['product', 'SUBGRAPH_UNAVAILABLE'],
  ]);
});
