import { createClient, type Client } from 'graphql-sse';
import { SseReservations } from '../src/transport/in/sse-reservations.ts';
import { systemIds } from '../src/system/ids.ts';
import { silentLogger } from '../src/system/logger.ts';
import { changed, CHANGED, LiveRouter } from './support/live-router.ts';
import { expectLossAtClose } from './support/sse-loss.ts';
import { until } from './support/events.ts';
import { held } from './support/live-orders.ts';
import { Stream } from './support/stream.ts';

const SSE = { accept: 'text/event-stream' };

let live: LiveRouter;

beforeEach(async () => {
  live = await LiveRouter.start();
});

afterEach(() => live.router.close());

const reserve = async (headers = {}): Promise<string> => {
  const response = await fetch(live.url, { method: 'PUT', headers });
  expect(response.status).toBe(201);
  return response.text();
};

const withToken = (token: string) => ({ 'x-graphql-event-stream-token': token });

const connect = (token: string) => Stream.open(live.url, { ...SSE, ...withToken(token) });

const start = (token: string, body: object, headers = {}) =>
  fetch(live.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...withToken(token), ...headers },
    body: JSON.stringify(body),
  });

const operation = (operationId: unknown, query = CHANGED) => ({
  query,
  extensions: { operationId },
});

const stop = (token: string, id: string) =>
  fetch(`${live.url}?operationId=${id}`, { method: 'DELETE', headers: withToken(token) });

describe('the official client', () => {
  let client: Client<true>;

  beforeEach(() => {
    client = createClient({ url: live.url, singleConnection: true, retryAttempts: 0 });
  });

  afterEach(() => client.dispose());

  it('gets the answers to many operations', async () => {
    const one = client.iterate({ query: CHANGED });
    const other = client.iterate({ query: 'subscription { changed { at } }' });
    const query = client.iterate({ query: '{ hello }' });
    const [first, second] = [one.next(), other.next()];

    expect((await query.next()).value).toEqual({ data: { hello: 'hello' } });
    expect((await query.next()).done).toBe(true);
    await until(() => live.upstreams === 2);
    for (const source of held.sources) source.publish({ changed: { id: 'o1', at: 1 } });
    expect((await first).value).toEqual(changed(1));
    expect((await second).value).toEqual({ data: { changed: { at: 1 } } });
  });

  it('stops one operation and keeps the others', async () => {
    const kept = client.iterate({ query: CHANGED });
    const stopped = client.iterate({ query: 'subscription { changed { id } }' });
    const publish = (at: number) => {
      for (const source of held.sources) source.publish({ changed: { id: 'o' + at, at } });
    };
    const first = [kept.next(), stopped.next()];
    await until(() => live.upstreams === 2);
    publish(1);
    await Promise.all(first);

    await stopped.return?.();
    await until(() => live.upstreams === 1);
    publish(2);

    expect((await kept.next()).value).toEqual(changed(2));
  });

  it('takes a connection that the router ends for lost, so that it comes again', async () => {
    await expectLossAtClose(client, live);
  });
});

it('gives nobody the same token', async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => reserve()));

  expect(new Set(tokens).size).toBe(20);
  for (const token of tokens) expect(token).toMatch(/^[\da-f-]{36}$/);
});

it('keeps what operations answer until the client connects', async () => {
  const token = await reserve();
  expect((await start(token, operation('1', '{ hello }'))).status).toBe(202);

  const stream = await connect(token);
  await stream.has('complete');

  expect(stream.text).toBe(
    ':\n\nevent: next\ndata: {"id":"1","payload":{"data":{"hello":"hello"}}}\n\n' +
      'event: complete\ndata: {"id":"1"}\n\n',
  );
});

it('takes the token from the URL, where browsers can set no header', async () => {
  const token = await reserve();

  const stream = await Stream.open(`${live.url}?token=${token}`, SSE);

  expect([stream.status, stream.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
});

it('leaves everything when the client vanishes, and forgets the token', async () => {
  const token = await reserve();
  const stream = await connect(token);
  await start(token, operation('1'));
  await start(token, operation('2', 'subscription { changed { at } }'));
  await until(() => live.upstreams === 2);

  stream.leave();

  await until(() => live.upstreams === 0);
  expect((await start(token, operation('3'))).status).toBe(404);
});

it('forgets a reservation that nobody connects to, with its operations', async () => {
  const token = await reserve();
  await start(token, operation('1'));
  await until(() => live.upstreams === 1);

  live.clock.advance(30);

  await until(() => live.upstreams === 0);
  expect((await connect(token)).status).toBe(404);
});

it('keeps a stream that is connected for as long as it lasts', async () => {
  const token = await reserve();
  const stream = await connect(token);

  live.clock.advance(3_000);
  await start(token, operation('1', '{ hello }'));

  await stream.has('hello');
});

it('makes no more reservations than so many at once', () => {
  const reservations = new SseReservations({
    // Nothing is started.
    engine: undefined as never,
    clock: live.clock,
    timers: live.clock,
    ids: systemIds,
    log: silentLogger,
    heartbeatMs: 1,
    maxBufferedBytes: 1,
    reservedMs: 1,
    maxReserved: 2,
  });
  const first = reservations.reserve();
  reservations.reserve();

  expect(() => reservations.reserve()).toThrow('No event stream is free');
  reservations.find(first).end();
  expect(reservations.reserve()).not.toBe(first);
});

it('drops a reservation whose answers grow beyond a limit before anybody takes them', async () => {
  const token = await reserve();
  await start(token, operation('1'));
  await until(() => live.upstreams === 1);

  await until(() => {
    live.publish(1, 'x'.repeat(1_000_000));
    return live.upstreams === 0;
  });

  expect((await connect(token)).status).toBe(404);
});

it('ends the operations of a token that ends, and no others', async () => {
  const token = await reserve();
  const stream = await connect(token);
  await start(token, operation('signed-in'), { authorization: await live.bearer() });
  await start(token, operation('visitor', 'subscription { changed { id } }'));
  await until(() => live.upstreams === 2);

  live.clock.advance(901);

  await stream.has('event: complete\ndata: {"id":"signed-in"}');
  expect(stream.text).toContain('"code":"UNAUTHENTICATED"');
  await until(() => live.upstreams === 1);
});

describe('what is refused', () => {
  it('is a bad token of the caller', async () => {
    const headers = { authorization: 'Bearer nonsense' };

    expect((await fetch(live.url, { method: 'PUT', headers })).status).toBe(401);
    expect((await start(await reserve(), operation('1'), headers)).status).toBe(401);
  });

  it('is a stream that nobody reserved', async () => {
    expect((await connect('made-up')).status).toBe(404);
    expect((await start('made-up', operation('1'))).status).toBe(404);
    expect((await stop('made-up', '1')).status).toBe(404);
  });

  it('is a second connection, and one of another type', async () => {
    const token = await reserve();

    const json = await Stream.open(live.url, { accept: 'application/json', ...withToken(token) });
    await connect(token);

    expect(json.status).toBe(406);
    expect((await connect(token)).status).toBe(409);
  });

  it.each([[undefined], [''], [7], ['x'.repeat(129)]])('is the operation id %p', async (id) => {
    expect((await start(await reserve(), operation(id))).status).toBe(400);
  });

  it('is an id twice', async () => {
    const token = await reserve();
    await start(token, operation('1'));

    expect((await start(token, operation('1'))).status).toBe(409);
  });

  it('is what is wrong with an operation, by its status', async () => {
    const token = await reserve();

    const invalid = await start(token, operation('1', '{ nope }'));
    const forbidden = await start(token, operation('2', 'subscription { secret }'));

    expect([invalid.status, forbidden.status]).toEqual([400, 403]);
    expect(await invalid.json()).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    expect(live.requests).toBe(0);
  });

  it('is an operation that another site sends as a form', async () => {
    const url = `${live.url}?token=${await reserve()}`;
    const body = JSON.stringify(operation('1'));
    const headers = { 'content-type': 'text/plain' };

    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(400);
  });

  it('is any other method', async () => {
    const headers = withToken(await reserve());

    expect((await fetch(live.url, { method: 'PATCH', headers })).status).toBe(405);
  });
});

it('may be used by listed sites alone', async () => {
  const preflight = async (origin: string) => {
    const headers = { origin, 'access-control-request-method': 'DELETE' };
    return (await fetch(live.url, { method: 'OPTIONS', headers })).headers;
  };

  const listed = await preflight('https://shop.example');

  expect(listed.get('access-control-allow-methods')).toBe('GET, POST, PUT, DELETE, OPTIONS');
  expect((await preflight('https://evil.example')).get('access-control-allow-methods')).toBeNull();
});
