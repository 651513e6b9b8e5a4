import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createRouter, type Router } from '../src/index.ts';
import { Events, until } from './support/events.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';

interface OrderEvent {
  changed: { id: string; at: number };
}

let sources: Events<OrderEvent>[];

const definitions: SubgraphDefinitions = {
  orders: {
    typeDefs: `
      type Query { hello: String }
      type Mutation { greet(name: String!): String }
      type Subscription { changed: Order! secret: Int! @authenticated }
      type Order @key(fields: "id") { id: ID! at: Int! }`,
    resolvers: {
      Query: { hello: () => 'hello' },
      Mutation: { greet: (_: unknown, { name }: { name: string }) => 'Hello ' + name },
      Subscription: {
        changed: {
          subscribe: () => {
            const events = new Events<OrderEvent>();
            sources.push(events);
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

let router: Router;
let url: string;
let subgraphs: ReturnType<typeof localSubgraphs>;
const clients: Client[] = [];

beforeEach(async () => {
  sources = [];
  subgraphs = localSubgraphs(definitions);
  router = await createRouter({
    supergraph: composed(definitions),
    transports: subgraphs.transports,
  });
  ({ url } = await router.listen(0, '127.0.0.1'));
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  await router.close();
});

function client(options: Partial<Parameters<typeof createClient>[0]> = {}): Client {
  const made = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    onNonLazyError: () => {},
    ...options,
  });
  clients.push(made);
  return made;
}

const CHANGED = 'subscription { changed { id at customer } }';

it('joins each event with what other subgraphs know, in order', async () => {
  const events = client().iterate({ query: CHANGED });
  const first = events.next();
  await until(() => sources.length === 1);
  for (const at of [1, 2, 3]) sources[0]?.publish({ changed: { id: 'o' + at, at } });

  const received = [await first, await events.next(), await events.next()];

  expect(received.map((result) => result.value)).toEqual(
    [1, 2, 3].map((at) => ({
      data: { changed: { id: 'o' + at, at, customer: 'customer of o' + at } },
    })),
  );
});

it('leaves the subgraph when the client ends its subscription', async () => {
  const events = client().iterate({ query: CHANGED });
  void events.next();
  await until(() => subgraphs.get('orders').openSubscriptions === 1);

  await events.return?.();

  await until(() => subgraphs.get('orders').openSubscriptions === 0);
  expect(sources[0]?.isEnded).toBe(true);
});

it('leaves the subgraph when the client vanishes', async () => {
  let socket: WebSocket | undefined;
  const events = client({
    on: { opened: (opened) => (socket = opened as WebSocket) },
  }).iterate({ query: CHANGED });
  void events.next().catch(() => {});
  await until(() => subgraphs.get('orders').openSubscriptions === 1);

  socket?.terminate();

  await until(() => subgraphs.get('orders').openSubscriptions === 0);
});

it('answers queries and mutations too', async () => {
  const query = client().iterate({ query: '{ hello }' });
  const mutation = client().iterate({
    query: 'mutation ($name: String!) { greet(name: $name) }',
    variables: { name: 'Ada' },
  });

  expect((await query.next()).value).toEqual({ data: { hello: 'hello' } });
  expect((await mutation.next()).value).toEqual({ data: { greet: 'Hello Ada' } });
});

it('refuses a subscription field that the caller may not have, without asking the subgraph', async () => {
  const events = client().iterate({ query: 'subscription { secret }' });

  await expect(events.next()).rejects.toEqual([
    expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' }, path: ['secret'] }),
  ]);
  expect(subgraphs.get('orders').requests).toEqual([]);
});
