import { serverAudits } from 'graphql-http';
import { createRouter, type Router } from '../src/index.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

const definitions: SubgraphDefinitions = {
  hello: {
    typeDefs: 'type Query { hello: String } type Mutation { greet: String }',
    resolvers: { Query: { hello: () => 'world' }, Mutation: { greet: () => 'hi' } },
  },
};

let router: Router;
let url: string;

beforeAll(async () => {
  router = await createRouter({
    supergraph: composed(definitions),
    transports: localSubgraphs(definitions).transports,
  });
  ({ url } = await router.listen(0, '127.0.0.1'));
});

afterAll(() => router.close());

/** The audits send GETs as a page of any site could; the header says that they are not forged. */
const fetchFn = (input: string, init: RequestInit = {}): Promise<Response> =>
  fetch(input, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'yes' } });

const audits = serverAudits({ url: () => url, fetchFn });

it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
  'GraphQL over HTTP %s: %s',
  async (_id, _name, audit) => {
    const result = await audit.fn();
    const reason = 'reason' in result ? result.reason : undefined;
    expect({ status: result.status, reason }).toEqual({ status: 'ok', reason: undefined });
  },
);
