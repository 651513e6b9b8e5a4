import { createClient } from 'graphql-ws';
import { buildSchema } from 'graphql';
import { WebSocket } from 'ws';
import { CALLER_HEADER, signCaller, systemClock, type RelationalDefinition } from '../src/index.ts';
import { serveSubgraph, type Served } from '../src/process/serve.ts';
import { closeTestSubgraphs, createTestSubgraph, TEST_SECRET } from '../src/testing/index.ts';

const schema = buildSchema(
  'type Query { hello: String, fail: String } type Subscription { count: Int }',
);
Object.assign(schema.getQueryType()!.getFields()['hello']!, { resolve: () => 'world' });
Object.assign(schema.getQueryType()!.getFields()['fail']!, {
  resolve: () => {
    throw new Error('a secret of the database');
  },
});
Object.assign(schema.getSubscriptionType()!.getFields()['count']!, {
  subscribe: async function* () {
    yield { count: 1 };
    yield { count: 2 };
  },
});

const greeter: RelationalDefinition<object> = {
  name: 'greeter',
  storage: 'relational',
  entities: [],
  migrations: [],
  readConfig: () => ({}),
  create: async () => ({
    name: 'greeter',
    schema,
    consumers: [],
    jobs: [],
    routes: [
      {
        method: 'GET',
        path: '/page',
        handle: async (_, response) => void response.end('a page'),
      },
    ],
    close: async () => undefined,
  }),
};

describe('a subgraph served by itself', () => {
  let served: Served;

  beforeEach(async () => {
    const { running } = await createTestSubgraph(greeter);
    served = await serveSubgraph(running, 0);
  });

  afterEach(async () => {
    await served.close();
    await closeTestSubgraphs();
  });

  const headers = async () => ({
    'content-type': 'application/json',
    // The test subgraph's clock stands still; the header is made by its hour.
    [CALLER_HEADER]: await signCaller(TEST_SECRET, null, {
      ...systemClock,
      now: () => new Date('2026-03-02T15:00:00.000Z'),
    }),
  });
  const post = async (query: string, signed = true) => {
    const response = await fetch(served.url, {
      method: 'POST',
      headers: signed ? await headers() : { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { errors: { extensions: { code: string } }[] },
    };
  };

  it('answers the router', async () => {
    expect(await post('{ hello }')).toEqual({ status: 200, body: { data: { hello: 'world' } } });
  });

  it('refuses everybody else with 401', async () => {
    const { status, body } = await post('{ hello }', false);
    expect(status).toBe(401);
    expect(body.errors[0]?.extensions.code).toBe('UNSIGNED_CALLER');
  });

  it('tells nothing of its inside when it fails', async () => {
    const { body } = await post('{ fail }');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(body.errors[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
  });

  it('serves subscriptions over graphql-ws, to the router alone', async () => {
    const client = createClient({
      url: served.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: async () => ({ headers: await headers() }),
    });
    const seen = [];
    for await (const { data } of client.iterate({ query: 'subscription { count }' }))
      seen.push(data);
    expect(seen).toEqual([{ count: 1 }, { count: 2 }]);
    await client.dispose();

    const stranger = createClient({
      url: served.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    await expect(
      stranger.iterate({ query: 'subscription { count }' }).next(),
    ).rejects.toBeDefined();
    await stranger.dispose();
  });

  it('has health and its own pages', async () => {
    const base = served.url.replace('/graphql', '');
    expect((await fetch(`${base}/health`)).status).toBe(200);
    expect(await (await fetch(`${base}/page`)).text()).toBe('a page');
    expect((await fetch(`${base}/nothing`)).status).toBe(404);
  });
});
