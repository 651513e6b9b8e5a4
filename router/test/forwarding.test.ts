import { request } from 'node:http';
import { until } from './support/events.ts';
import { definitions, slow } from './support/hello.ts';
import { serve, type ServedRouter } from './support/serve.ts';

let served: ServedRouter;

beforeEach(async () => {
  served = await serve(definitions);
});

afterEach(() => served.router.close());

describe('what passes between client and subgraphs', () => {
  const headerSeen = async (name: string, headers: Record<string, string>, by = served) =>
    (await by.post({ query: `{ header(name: "${name}") }` }, headers)).body.data?.['header'];

  it.each([
    ['user-agent', 'tests/1'],
    ['accept-language', 'de'],
    ['cookie', 'session=1'],
    ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    ['x-request-id', 'request-1'],
  ])('forwards %s', async (name, value) => {
    expect(await headerSeen(name, { [name]: value })).toBe(value);
  });

  it('forwards nothing else', async () => {
    expect(await headerSeen('x-secret', { 'x-secret': '1' })).toBeNull();
    expect(await headerSeen('authorization', { authorization: 'Bearer x' })).toBeNull();
    expect(await headerSeen('x-router-caller', { 'x-router-caller': 'forged' })).toBeNull();
  });

  it('tells the address of the client, and believes a proxy only when told to', async () => {
    const behindProxy = await serve(definitions, { trustProxy: true });
    const forwarded = { 'x-forwarded-for': '6.6.6.6, 203.0.113.7' };

    expect(await headerSeen('x-forwarded-for', forwarded)).toBe('127.0.0.1');
    expect(await headerSeen('x-forwarded-for', forwarded, behindProxy)).toBe('203.0.113.7');
    await behindProxy.router.close();
  });

  it('returns the request id, and makes one when there is none or a strange one', async () => {
    const id = async (headers: Record<string, string>) =>
      (await served.post({ query: '{ hello }' }, headers)).headers.get('x-request-id');

    expect(await id({ 'x-request-id': 'abc' })).toBe('abc');
    expect(await id({ 'x-request-id': 'a b<script>' })).toMatch(/^[\da-f-]{36}$/);
  });

  it('masks what a subgraph did not mean to tell', async () => {
    const { body } = await served.post({ query: '{ bad hello }' });

    expect(body).toEqual({
      data: { bad: null, hello: 'hello world' },
      errors: [
        {
          message: 'Internal server error',
          path: ['bad'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
  });

  it('passes on errors with a code and their details, without the inside of the subgraph', async () => {
    const { body } = await served.post({ query: '{ coded }' });

    expect(body.errors).toEqual([
      {
        message: 'Too many attempts',
        path: ['coded'],
        extensions: { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 30 },
      },
    ]);
  });

  it('names the subgraph that is down and nothing of where it is', async () => {
    served.subgraphs.get('hello').isDown = true;

    const { body, status } = await served.post({ query: '{ hello }' });

    expect(status).toBe(200);
    expect(body).toEqual({
      data: { hello: null },
      errors: [
        {
          message: 'The subgraph "hello" is unavailable',
          path: ['hello'],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'hello' },
        },
      ],
    });
  });

  it('returns the cookies that a subgraph sets', async () => {
    const transport = served.subgraphs.get('hello');
    const setting = await serve(definitions, {
      transports: () => ({
        execute: async (asked) => ({
          ...(await transport.execute(asked)),
          headers: { 'set-cookie': ['a=1; HttpOnly', 'b=2'] },
        }),
        subscribe: (asked) => transport.subscribe(asked),
      }),
    });

    const { headers } = await setting.post({ query: '{ hello }' });

    expect(headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    await setting.router.close();
  });
});

describe('closing', () => {
  it('answers what is under way and accepts nothing new', async () => {
    const answer = served.post({ query: '{ slow }' });
    await until(() => slow.has('release'));

    const closed = served.router.close();
    await expect(served.post({ query: '{ hello }' })).rejects.toThrow();
    slow.get('release')?.();

    expect((await answer).body).toEqual({ data: { slow: 'slow' } });
    await closed;
  });

  it('gives up a query that its client has left', async () => {
    slow.clear();
    const left = request(served.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    left.on('error', () => {});
    left.end(JSON.stringify({ query: '{ slow }' }));
    await until(() => slow.has('release'));

    left.destroy();

    await until(() => served.subgraphs.get('hello').requests[0]?.signal?.aborted === true);
    slow.get('release')?.();
  });
});
