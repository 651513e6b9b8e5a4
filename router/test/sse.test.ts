import { createClient, type Client } from 'graphql-sse';
import { changed, CHANGED, LiveRouter } from './support/live-router.ts';
import { expectLossAtClose } from './support/sse-loss.ts';
import { until } from './support/events.ts';
import { held } from './support/live-orders.ts';
import { Stream } from './support/stream.ts';

const SSE = { accept: 'text/event-stream' };

let live: LiveRouter;
let client: Client;

beforeEach(async () => {
  live = await LiveRouter.start();
  client = createClient({ url: live.url, retryAttempts: 0 });
});

afterEach(async () => {
  client.dispose();
  await live.router.close();
});

const subscribe = (headers = {}) =>
  Stream.open(live.url, { ...SSE, ...headers }, { query: CHANGED });

it('sends each event, joined with what other subgraphs know, in order', async () => {
  const events = client.iterate({ query: CHANGED });
  const first = events.next();
  await until(() => live.upstreams === 1);
  for (const at of [1, 2, 3]) live.publish(at);

  const received = [await first, await events.next(), await events.next()];

  expect(received.map(({ value }) => value as unknown)).toEqual([1, 2, 3].map(changed));
});

it('leaves the subgraph when the client ends its subscription', async () => {
  const events = client.iterate({ query: CHANGED });
  void events.next();
  await until(() => live.upstreams === 1);

  await events.return?.();

  await until(() => live.upstreams === 0);
});

it('leaves the subgraph when the client vanishes', async () => {
  const stream = await subscribe();
  await until(() => live.upstreams === 1);

  stream.leave();

  await until(() => live.upstreams === 0);
});

it('completes when the subgraph does', async () => {
  const events = client.iterate({ query: CHANGED });
  const first = events.next();
  await until(() => live.upstreams === 1);
  live.publish(1);
  await first;

  await held.sources[0]?.return();

  expect((await events.next()).done).toBe(true);
});

it('answers queries and mutations too', async () => {
  const query = client.iterate({ query: '{ hello }' });
  const mutation = client.iterate({
    query: 'mutation ($name: String!) { greet(name: $name) }',
    variables: { name: 'Ada' },
  });

  expect((await query.next()).value).toEqual({ data: { hello: 'hello' } });
  expect((await query.next()).done).toBe(true);
  expect((await mutation.next()).value).toEqual({ data: { greet: 'Hello Ada' } });
});

it.each([
  ['is not valid', 'subscription { nope }', 'GRAPHQL_VALIDATION_FAILED'],
  ['the caller may not have', 'subscription { secret }', 'UNAUTHENTICATED'],
])(
  'tells in the stream that an operation %s, without asking the subgraph',
  async (_, query, code) => {
    const events = client.iterate({ query });

    const { value } = await events.next();

    expect(value).toMatchObject({ errors: [{ extensions: { code } }] });
    expect((await events.next()).done).toBe(true);
    expect(live.requests).toBe(0);
  },
);

it('refuses a bad token before it opens a stream', async () => {
  const stream = await subscribe({ authorization: 'Bearer nonsense' });

  expect(stream.status).toBe(401);
});

it('ends with an error when the token does', async () => {
  const stream = await subscribe({ authorization: await live.bearer() });
  await until(() => live.upstreams === 1);

  live.clock.advance(901);
  await stream.end();

  expect(stream.text).toContain('"code":"UNAUTHENTICATED"');
  expect(stream.text).toMatch(/event: complete\ndata: \n\n$/);
  await until(() => live.upstreams === 0);
});

it('says something now and then while nothing happens', async () => {
  const stream = await subscribe();
  await until(() => live.upstreams === 1 && stream.text === ':\n\n');

  live.clock.advance(12);

  await until(() => stream.text === ':\n\n:\n\n');
});

it('cuts off a client that does not read, and leaves the subgraph', async () => {
  const stream = await subscribe();
  await until(() => live.upstreams === 1);
  stream.response.pause();
  const id = 'x'.repeat(1_000_000);

  await until(() => {
    live.publish(1, id);
    return live.upstreams === 0;
  });
  stream.response.resume();
  await stream.end();

  expect(stream.isBroken).toBe(true);
});

it('is told with others that ask the same, by one subscription at the subgraph', async () => {
  const streams = await Promise.all(Array.from({ length: 20 }, () => subscribe()));
  await until(() => live.upstreams === 1);

  live.publish(1);
  await Promise.all(streams.map((stream) => stream.has('customer of o1')));
  for (const stream of streams.slice(1)) stream.leave();
  live.publish(2);
  await streams[0]?.has('customer of o2');

  expect(held.sources).toHaveLength(1);
  streams[0]?.leave();
  await until(() => live.upstreams === 0);
});

it('goes on with a new supergraph, and ends when that has not the field', async () => {
  const stream = await subscribe();
  await until(() => live.upstreams === 1);

  await live.router.reload(live.supergraph);
  await until(() => live.upstreams === 1);
  live.publish(1);
  await stream.has('customer of o1');
  await live.forgetChanges();
  await stream.end();

  expect(stream.text).toContain('"code":"SUBSCRIPTION_GONE"');
  expect(stream.text).toMatch(/event: complete\ndata: \n\n$/);
  await until(() => live.upstreams === 0);
});

it('counts for the rate of its address, as reservations do', async () => {
  const rates = { perAddress: { count: 2, periodMs: 60_000 } };
  const limited = await LiveRouter.start({ rates });
  const statuses = [];
  for (const method of ['PUT', 'PUT', 'PUT']) {
    statuses.push((await fetch(limited.url, { method })).status);
  }
  const stream = await Stream.open(limited.url, SSE, { query: CHANGED });

  expect(statuses).toEqual([201, 201, 429]);
  expect(stream.status).toBe(429);
  await limited.router.close();
});

it('lets go without completion when the router closes, so that clients come again', async () => {
  await expectLossAtClose(client, live);
});

describe('pages of other sites', () => {
  const path = () => `${live.url}?query=${encodeURIComponent(CHANGED)}`;

  it('cannot subscribe by a request that needs no preflight', async () => {
    const stream = await Stream.open(path(), SSE);

    expect(stream.status).toBe(400);
    expect(live.upstreams).toBe(0);
  });

  it('may subscribe by GET when they could send a header of their own', async () => {
    await Stream.open(path(), { ...SSE, 'apollo-require-preflight': 'yes' });

    await until(() => live.upstreams === 1);
  });
});

describe('what is accepted', () => {
  it.each([
    ['text/event-stream;q=0.4, multipart/mixed;subscriptionSpec=1.0', 'multipart/mixed'],
    ['multipart/mixed;subscriptionSpec=1.0;q=0.4, text/event-stream', 'text/event-stream'],
    ['application/json, text/event-stream', 'text/event-stream'],
  ])('decides how a subscription is answered: %s', async (accept, type) => {
    const stream = await Stream.open(live.url, { accept }, { query: CHANGED });

    expect(stream.type).toContain(type);
  });

  it.each([
    ['application/json, text/event-stream', 'application/json'],
    ['application/json;q=0.5, text/event-stream', 'text/event-stream'],
    ['multipart/mixed;subscriptionSpec="1.0", application/json', 'application/json'],
    ['text/event-stream;q=0', 'application/json'],
  ])('decides how a query is answered: %s', async (accept, type) => {
    const stream = await Stream.open(live.url, { accept }, { query: '{ hello }' });

    expect(stream.type).toContain(type);
  });

  it.each(['application/json', '*/*', 'text/*'])(
    'must name a stream for a subscription: %s does not',
    async (accept) => {
      const stream = await Stream.open(live.url, { accept }, { query: CHANGED });

      expect(stream.status).toBe(406);
      expect(live.upstreams).toBe(0);
    },
  );
});
