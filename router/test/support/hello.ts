import { GraphQLError } from 'graphql';
import type { SubgraphRequest } from '../../src/index.ts';
import type { SubgraphDefinitions } from './subgraphs.ts';

/** Holds the answer of `slow` until it is released. */
export const slow = new Map<'release', () => void>();

/** One subgraph that says hello, and much else that a server may say. */
export const definitions: SubgraphDefinitions = {
  hello: {
    typeDefs: `
      type Query { hello(name: String): String  header(name: String!): String  slow: String  bad: String  coded: String }
      type Mutation { greet: String }`,
    resolvers: {
      Query: {
        hello: (_: unknown, { name }: { name?: string }) => 'hello ' + (name ?? 'world'),
        header: (_: unknown, { name }: { name: string }, { headers }: SubgraphRequest) =>
          headers[name],
        slow: () => new Promise((resolve) => slow.set('release', () => resolve('slow'))),
        bad: () => {
          throw new Error('SELECT * FROM users at 10.0.0.7 failed');
        },
        coded: () => {
          throw new GraphQLError('Too many attempts', {
            extensions: {
              code: 'TOO_MANY_ATTEMPTS',
              retryAfterSeconds: 30,
              stacktrace: ['at secret.ts:1'],
            },
          });
        },
      },
      Mutation: { greet: () => 'hi' },
    },
  },
};
