import { Events } from './events.ts';
import type { SubgraphDefinitions } from './subgraphs.ts';

interface OrderEvent {
  changed: { id: string; at: number };
}

/** What the subgraph has in hand: who subscribed, and a slow answer. */
export const held: { sources: Events<OrderEvent>[]; release: (() => void) | undefined } = {
  sources: [],
  release: undefined,
};

/** Orders that change while one watches, and people who know whose they are. */
export const liveOrders: SubgraphDefinitions = {
  orders: {
    typeDefs: `
      type Query { hello: String slow: String }
      type Mutation { greet(name: String!): String }
      type Subscription { changed: Order! secret: Int! @authenticated }
      type Order @key(fields: "id") { id: ID! at: Int! }`,
    resolvers: {
      Query: {
        hello: () => 'hello',
        slow: () => new Promise((resolve) => (held.release = () => resolve('slow'))),
      },
      Mutation: { greet: (_: unknown, { name }: { name: string }) => 'Hello ' + name },
      Subscription: {
        changed: {
          subscribe: () => {
            const events = new Events<OrderEvent>();
            held.sources.push(events);
            return events;
          },
        },
      },
    },
  },
  people: {
    typeDefs: `type Order @key(fields: "id") { id: ID! customer: String }`,
    resolvers: {
      Order: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        customer: ({ id }: { id: string }) => 'customer of ' + id,
      },
    },
  },
};
