import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { changed, CHANGED, LiveRouter } from './support/live-router.ts';
import { until } from './support/events.ts';
import { held } from './support/live-orders.ts';
import { Stream } from './support/stream.ts';

/** As the clients of Apollo send it. */
const MULTIPART = {
  accept: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json',
};

let live: LiveRouter;

beforeEach(async () => {
  live = await LiveRouter.start();
});

afterEach(() => live.router.close());

const subscribe = (query = CHANGED, headers = {}) =>
  Stream.open(live.url, { ...MULTIPART, ...headers }, { query });

const part = (json: unknown) =>
  `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(json)}\r\n--graphql`;

it('sends each event as a part, and an end', async () => {
  const stream = await subscribe();
  await until(() => live.upstreams === 1);
  live.publish(1);
  live.publish(2);
  await stream.has('o2');
  await held.sources[0]?.return();
  await stream.end();

  expect(stream.status).toBe(200);
  expect(stream.type).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
  const parts = [1, 2].map((at) => part({ payload: changed(at) }));
  expect(stream.text).toBe(`\r\n--graphql${parts.join('')}--\r\n`);
});

it('sends empty parts while nothing happens', async () => {
  const stream = await subscribe();
  await until(() => live.upstreams === 1);

  live.clock.advance(12);

  await stream.has('\r\n--graphql' + part({}));
});

it('tells in its last part that the token has ended', async () => {
  const stream = await subscribe(CHANGED, { authorization: await live.bearer() });
  await until(() => live.upstreams === 1);

  live.clock.advance(901);
  await stream.end();

  const errors = [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }];
  expect(stream.text.endsWith(part({ payload: null, errors }) + '--\r\n')).toBe(true);
  await until(() => live.upstreams === 0);
});

it('tells in its last part that the router closes', async () => {
  const stream = await subscribe();
  await until(() => live.upstreams === 1);

  await live.router.close();
  await stream.end();

  expect(stream.text).toContain('{"payload":null,"errors":[{');
  expect(stream.text).toContain('"code":"GOING_AWAY"');
  expect(live.upstreams).toBe(0);
});

it('leaves the subgraph when the client vanishes', async () => {
  const stream = await subscribe();
  await until(() => live.upstreams === 1);

  stream.leave();

  await until(() => live.upstreams === 0);
});

it('refuses an operation as JSON where that is accepted, and in a part where not', async () => {
  const query = 'subscription { secret }';
  const asJson = await subscribe(query);
  const accept = 'multipart/mixed;subscriptionSpec=1.0';
  const asPart = await subscribe(query, { accept });
  await Promise.all([asJson.end(), asPart.end()]);

  expect([asJson.status, asJson.type]).toEqual([403, 'application/json; charset=utf-8']);
  expect([asPart.status, asPart.type?.split(';')[0]]).toEqual([200, 'multipart/mixed']);
  expect(asPart.text).toContain('{"payload":null,"errors":[{');
  expect(live.requests).toBe(0);
});

it('cannot be asked for by a form of another site', async () => {
  const stream = await subscribe(CHANGED, { 'content-type': 'text/plain' });

  expect(stream.status).toBe(400);
});

describe('Apollo Client', () => {
  let client: ApolloClient;

  beforeEach(() => {
    const link = new HttpLink({ uri: live.url });
    client = new ApolloClient({ link, cache: new InMemoryCache() });
  });

  afterEach(() => client.stop());

  /** What an observer of the subscription is told. */
  const observe = (query: string) => {
    const told: unknown[] = [];
    const subscription = client.subscribe({ query: gql(query) }).subscribe({
      next: ({ data, error }) => told.push(data ?? error),
      error: (error: unknown) => told.push(error),
      complete: () => told.push('complete'),
    });
    return { told, subscription };
  };

  it('gets every event and the end', async () => {
    const { told } = observe(CHANGED);
    await until(() => live.upstreams === 1);
    live.publish(1);
    live.publish(2);
    await until(() => told.length === 2);
    live.clock.advance(12);
    await held.sources[0]?.return();
    await until(() => told.length === 3);

    const withTypes = (at: number) => ({
      changed: { __typename: 'Order', ...changed(at).data.changed },
    });
    expect(told).toEqual([withTypes(1), withTypes(2), 'complete']);
  });

  it('is left when it unsubscribes', async () => {
    const { subscription } = observe(CHANGED);
    await until(() => live.upstreams === 1);

    subscription.unsubscribe();

    await until(() => live.upstreams === 0);
  });

  it('hears why a subscription ends', async () => {
    const { told } = observe(CHANGED);
    await until(() => live.upstreams === 1);

    await live.router.close();
    await until(() => told.length > 0);

    expect(String(told[0])).toContain('The router closes');
  });

  it('is told what is wrong with its operation', async () => {
    const { told } = observe('subscription { secret }');
    await until(() => told.length > 0);

    expect(String(told[0])).toContain('Sign in to see Subscription.secret');
  });
});
