import { GraphQLError } from 'graphql';
import {
  createRouter,
  type Router,
  type RouterOptions,
  type SubgraphRequest,
} from '../../src/index.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from '../support/subgraphs.ts';

interface Reference {
  readonly __typename?: string;
  readonly id: string;
}

/** Goods by their ids, with prices that tests change behind the router's back. */
export class Goods {
  readonly prices = new Map([
    ['1', 10],
    ['2', 20],
    ['3', 30],
  ]);
  /** What answers say about keeping them, by subgraph. */
  readonly headers: Record<string, Record<string, string>> = {
    catalogue: { 'cache-control': 'public, max-age=60' },
    prices: { 'cache-control': 'public, max-age=60' },
  };
  /** The tags that answers of `prices` bring along. */
  extensions: Record<string, unknown> | undefined;
  /** Awaited by each answer of `prices` after its data was read. */
  beforeAnswer: () => Promise<void> = async () => undefined;
  readonly failing = new Set<string>();

  get definitions(): SubgraphDefinitions {
    return {
      catalogue: {
        typeDefs: `
          type Query {
            goods: [Good!]!
            good(id: ID!): Good @cacheTag(format: "good-page-{$args.id}")
            things: [Thing!]!
            me: String
            secret: String @authenticated
          }
          interface Thing { id: ID! }
          type Good implements Thing @key(fields: "id") { id: ID! name: String }`,
        resolvers: {
          Query: {
            goods: () => [...this.prices.keys()].map((id) => ({ id })),
            things: () => [...this.prices.keys()].map((id) => ({ __typename: 'Good', id })),
            good: (_: unknown, { id }: Reference) => (this.prices.has(id) ? { id } : null),
            me: (_: unknown, _args: unknown, { headers }: SubgraphRequest) =>
              headers['x-router-caller'] === undefined ? 'nobody' : callerIn(headers),
          },
          Good: {
            __resolveReference: (reference: Reference) => reference,
            name: ({ id }: Reference) => `good ${id} at ${this.prices.get(id)}`,
          },
        },
      },
      prices: {
        typeDefs: `
          type Query { dearest: Good }
          type Mutation { setPrice(id: ID!, price: Int!): Good }
          type Good @key(fields: "id") @cacheTag(format: "price-{$key.id}") { id: ID! price: Int }`,
        resolvers: {
          Query: {
            dearest: () => ({ id: [...this.prices].sort(([, a], [, b]) => b - a)[0]?.[0] }),
          },
          Mutation: {
            setPrice: (_: unknown, { id, price }: Reference & { price: number }) => {
              this.prices.set(id, price);
              return { id };
            },
          },
          Good: {
            __resolveReference: ({ id }: Reference) => (this.prices.has(id) ? { id } : null),
            price: ({ id }: Reference) => {
              if (this.failing.has(id))
                throw new GraphQLError('no price', { extensions: { code: 'NO' } });
              return this.prices.get(id);
            },
          },
        },
      },
    };
  }
}

const callerIn = (headers: Readonly<Record<string, string>>): unknown => {
  const payload = headers['x-router-caller']?.split('.')[1] ?? '';
  const { caller } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    caller: { sub?: string } | null;
  };
  return caller?.sub ?? 'visitor';
};

let supergraph: string | undefined;

/** A router over the goods, that tells what came from its cache. */
export async function openShop(goods: Goods, options: Partial<RouterOptions> = {}) {
  const subgraphs = localSubgraphs(goods.definitions);
  const router: Router = await createRouter({
    supergraph: (supergraph ??= composed(goods.definitions)),
    transports: ({ name, url }) => {
      const inner = subgraphs.transports({ name, url });
      return {
        subscribe: (request) => inner.subscribe(request),
        async execute(request) {
          const answer = await inner.execute(request);
          if (name === 'prices') await goods.beforeAnswer();
          const { headers, extensions } = goods;
          return { ...answer, headers: headers[name], ...(extensions && { extensions }) };
        },
      };
    },
    ...options,
    cache: { isTold: true, ...options.cache },
  });
  return {
    router,
    subgraphs,
    /** The data, and what of it came from the cache. */
    async ask(query: string, headers: Readonly<Record<string, string>> = {}) {
      const { data, errors, extensions } = await router.execute({ query, headers });
      const cache = extensions?.['cache'] as Readonly<Record<string, unknown>> | undefined;
      return { data: JSON.parse(JSON.stringify(data ?? null)) as unknown, errors, cache };
    },
    /** How often a subgraph was asked since the last time. */
    calls: (name: string): number => subgraphs.get(name).requests.splice(0).length,
  };
}
