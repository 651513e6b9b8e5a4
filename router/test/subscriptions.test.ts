import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createRouter, type Router } from '../src/index.ts';
import { Issuer, TestClock } from './support/issuer.ts';
import { until } from './support/events.ts';
import { held, liveOrders } from './support/live-orders.ts';
import { connectTo, subscribeTo } from './support/socket.ts';
import { composed, localSubgraphs } from './support/subgraphs.ts';

let router: Router;
let url: string;
let subgraphs: ReturnType<typeof localSubgraphs>;
let clock: TestClock;
let issuer: Issuer;
const clients: Client[] = [];

beforeEach(async () => {
  held.sources = [];
  held.release = undefined;
  clock = new TestClock();
  issuer = new Issuer(clock);
  subgraphs = localSubgraphs(liveOrders);
  router = await createRouter({
    supergraph: composed(liveOrders),
    transports: subgraphs.transports,
    jwt: issuer.jwt,
    callerSecret: 'a secret of thirty-two characters',
    corsOrigins: ['https://shop.example'],
    clock,
    timers: clock,
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
  await until(() => held.sources.length === 1);
  for (const at of [1, 2, 3]) held.sources[0]?.publish({ changed: { id: 'o' + at, at } });

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
  expect(held.sources[0]?.isEnded).toBe(true);
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

const upstreams = (): number => subgraphs.get('orders').openSubscriptions;

const connect = (payload: unknown, headers?: Record<string, string>) =>
  connectTo(url, payload, headers);

describe('who connects', () => {
  const token = async (claims = {}) =>
    'Bearer ' + (await issuer.token(await issuer.newKey('k'), claims));

  it.each([
    ['authorization', (value: string) => ({ authorization: value })],
    ['Authorization', (value: string) => ({ Authorization: value })],
    ['headers', (value: string) => ({ headers: { Authorization: value } })],
  ])('may say so by %s', async (_name, params) => {
    const { send, until: untilType, received } = await connect(params(await token()));
    await untilType('connection_ack');
    send(subscribeTo('subscription { secret }'));
    await until(() => subgraphs.get('orders').requests.length === 1);

    expect(received.map(({ type }) => type)).not.toContain('error');
  });

  it.each([
    ['a bad token', { authorization: 'Bearer nonsense' }, 'The token is invalid'],
    [
      'no token',
      { authorization: 'Basic x' },
      'The Authorization header must be "Bearer" and a token',
    ],
  ])('is sent away with %s', async (_name, params, reason) => {
    const { closed } = await connect(params);

    expect(await closed).toEqual({ code: 4403, reason });
  });

  it('is sent away when the token ends, and its subscriptions with it', async () => {
    const { send, until: untilType, closed } = await connect({ authorization: await token() });
    await untilType('connection_ack');
    send(subscribeTo(CHANGED));
    await until(() => upstreams() === 1);

    clock.advance(901);

    expect(await closed).toEqual({ code: 4401, reason: 'The token has expired' });
    await until(() => upstreams() === 0);
  });

  it('is told to subgraphs by a header that is renewed for each fetch', async () => {
    const { send, until: untilType, received } = await connect({ authorization: await token() });
    await untilType('connection_ack');
    send(subscribeTo(CHANGED));
    await until(() => held.sources.length === 1);
    held.sources[0]?.publish({ changed: { id: 'o1', at: 1 } });
    await until(() => received.filter(({ type }) => type === 'next').length === 1);
    clock.advance(120);
    held.sources[0]?.publish({ changed: { id: 'o2', at: 2 } });
    await until(() => received.filter(({ type }) => type === 'next').length === 2);

    const callers = subgraphs
      .get('people')
      .requests.map(({ headers }) => headers['x-router-caller']);
    expect(new Set(callers).size).toBe(2);
  });

  it('may not come from a page of another site', async () => {
    const { refused } = await connect({}, { origin: 'https://evil.example' });

    expect(await refused).toBe(403);
  });

  it.each([
    ['a listed site', () => ({ origin: 'https://shop.example' })],
    ['no site', () => ({})],
    ['the router itself', () => ({ origin: new URL(url).origin })],
  ])('may come from %s', async (_name, headers) => {
    await (await connect({}, headers())).until('connection_ack');
  });
});

describe('the protocol', () => {
  it('closes who says nothing', async () => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.on('open', resolve));
    await until(() => {
      clock.advance(1);
      return socket.readyState !== WebSocket.OPEN;
    });

    expect(await closed).toBe(4408);
  });

  it.each<[string, boolean, object[], number]>([
    ['subscribes before saying hello', false, [subscribeTo(CHANGED)], 4401],
    ['says hello twice', true, [{ type: 'connection_init' }], 4429],
    ['uses an id twice', true, [subscribeTo(CHANGED), subscribeTo(CHANGED)], 4409],
    ['sends what is no message', true, [{ type: 'nonsense' }], 4400],
  ])('closes who %s', async (_name, saysHello, messages, code) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.on('open', resolve));
    if (saysHello) {
      socket.send(JSON.stringify({ type: 'connection_init' }));
      await new Promise((resolve) => socket.once('message', resolve));
    }
    for (const message of messages) socket.send(JSON.stringify(message));

    expect(await closed).toBe(code);
    await until(() => upstreams() === 0);
  });

  it('answers a ping and ends who answers none', async () => {
    const { send, until: untilType, socket, closed } = await connect({});
    await untilType('connection_ack');
    send({ type: 'ping', payload: { at: 1 } });
    await untilType('pong');

    socket.pause();
    clock.advance(12);
    clock.advance(12);
    socket.resume();

    expect((await closed).code).toBe(1006);
  });

  it('tells what is wrong with an operation and stays open', async () => {
    const { send, until: untilType, received } = await connect({});
    await untilType('connection_ack');
    send(subscribeTo('{ nope }'));
    await untilType('error');
    send(subscribeTo('{ hello }', '2'));
    await untilType('complete');

    expect(received[1]).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    expect(received[2]).toEqual({ id: '2', type: 'next', payload: { data: { hello: 'hello' } } });
  });
});

it('does not keep for a slow client more than a limit', async () => {
  const { send, until: untilType, socket, closed } = await connect({});
  await untilType('connection_ack');
  send(subscribeTo(CHANGED));
  await until(() => upstreams() === 1);

  socket.pause();
  const id = 'x'.repeat(1_000_000);
  await until(() => {
    held.sources[0]?.publish({ changed: { id, at: 1 } });
    return upstreams() === 0;
  });
  socket.resume();

  expect(await closed).toMatchObject({ code: 4429 });
});

it('finishes queries, ends subscriptions and says goodbye when it closes', async () => {
  const { send, until: untilType, received, closed } = await connect({});
  await untilType('connection_ack');
  send(subscribeTo(CHANGED, 'live'));
  send(subscribeTo('{ slow }', 'query'));
  await until(() => upstreams() === 1 && held.release !== undefined);

  const drained = router.close();
  await until(() => upstreams() === 0);
  held.release?.();
  await drained;

  expect(received.slice(1)).toEqual([
    { id: 'query', type: 'next', payload: { data: { slow: 'slow' } } },
    { id: 'query', type: 'complete' },
  ]);
  expect(await closed).toEqual({ code: 1001, reason: 'Going away' });
});
