import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { createRouter } from '../src/index.ts';
import type { SubgraphResponse, SubgraphTransport } from '../src/transport/subgraph-transport.ts';
import { composed } from '../test/support/subgraphs.ts';
import { Events } from '../test/support/events.ts';

/** What the servers that are compared have in common: they tell everybody of an event. */
interface LiveServer {
  readonly port: number;
  publish(event: number): void;
  /** How often subgraphs were asked. */
  readonly asked: { subscriptions: number; entities: number };
}

const definitions = {
  orders: {
    typeDefs: `
      type Query { hello: String }
      type Subscription { changed: Order }
      type Order @key(fields: "id") { id: ID! at: Int! state: String! }`,
    resolvers: {},
  },
  people: {
    typeDefs: 'type Order @key(fields: "id") { id: ID! customer: String! note: String! }',
    resolvers: {},
  },
};

/** Makes an event about 400 bytes long, as it goes to a client. */
const NOTE = 'n'.repeat(230);

async function routerServer(): Promise<LiveServer> {
  const asked = { subscriptions: 0, entities: 0 };
  const sources = new Set<Events<SubgraphResponse>>();
  const orders: SubgraphTransport = {
    execute: async () => ({ data: {} }),
    subscribe({ signal }) {
      asked.subscriptions += 1;
      const events = new Events<SubgraphResponse>();
      sources.add(events);
      signal?.addEventListener('abort', () => sources.delete(events));
      return events;
    },
  };
  const people: SubgraphTransport = {
    async execute() {
      asked.entities += 1;
      return { data: { _entities: [{ __typename: 'Order', customer: 'Ada', note: NOTE }] } };
    },
    subscribe() {
      throw new Error('Nothing to subscribe to');
    },
  };
  const router = await createRouter({
    supergraph: composed(definitions),
    transports: ({ name }) => (name === 'orders' ? orders : people),
    // All clients have one address here.
    rates: { perAddress: undefined },
  });
  const { port } = await router.listen(0, '127.0.0.1');
  const publish = (at: number): void => {
    const order = { __typename: 'Order', id: 'o1', at, state: 'PREPARING' };
    for (const events of sources) events.publish({ data: { changed: order } });
  };
  return { port, publish, asked };
}

/** The same messages from `ws` alone: what the library costs on this machine. */
async function bareServer(): Promise<LiveServer> {
  const http = createServer().listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      if (String(data).includes('connection_init')) socket.send('{"type":"connection_ack"}');
    });
  });
  await once(http, 'listening');
  const publish = (at: number): void => {
    const order = { id: 'o1', at, state: 'PREPARING', customer: 'Ada', note: NOTE };
    const id = 'x'.repeat(36);
    const message = JSON.stringify({ id, type: 'next', payload: { data: { changed: order } } });
    for (const client of sockets.clients) client.send(message);
  };
  const { port } = http.address() as AddressInfo;
  return { port, publish, asked: { subscriptions: 0, entities: 0 } };
}

const server = await (process.argv[2] === 'router' ? routerServer() : bareServer());

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

process.on('message', ({ publish, collect }: { publish?: number; collect?: boolean }) => {
  const publishedNs = process.hrtime.bigint();
  if (publish !== undefined) server.publish(publish);
  if (collect) globalThis.gc?.();
  process.send?.({
    publishedNs: String(publishedNs),
    cpuMs: cpuMs(),
    rssBytes: process.memoryUsage().rss,
    asked: server.asked,
  });
});
process.on('disconnect', () => process.exit());
process.send?.({ port: server.port });
