import { createHash } from 'node:crypto';
import { requirement } from '@crema/check';
import { hasRedisServer, RedisServer } from '../../subgraphs/kit/test/redis-server.ts';
import type { Logger, RouterOptions } from '../src/index.ts';
import { definitions } from './support/hello.ts';
import { serve, type HttpAnswer, type ServedRouter } from './support/serve.ts';

/** So slow that nothing leaks away while the test runs. */
const rates = { perAddress: { count: 6, periodMs: 3_600_000 } };
const HELLO = { query: '{ hello }' };
const sha256Hash = createHash('sha256').update(HELLO.query).digest('hex');
const extensions = { persistedQuery: { version: 1, sha256Hash } };

requirement('services', hasRedisServer)('Redis', () => {
  let server: RedisServer;
  const open: ServedRouter[] = [];
  const lines: string[] = [];
  const write = (_fields: object, message: string): void => void lines.push(message);
  const logger: Logger = { debug: write, info: write, warn: write, error: write };

  /** One of several routers behind one address, told apart by where they say a client is. */
  const replica = async (options: Partial<RouterOptions> = {}): Promise<ServedRouter> => {
    const router = await serve(definitions, {
      // So that a busy machine is not taken for a server that is away.
      redis: { url: server.url, callMs: 20_000 },
      rates,
      trustProxy: true,
      logger,
      ...options,
    });
    open.push(router);
    return router;
  };

  beforeAll(async () => {
    server = await RedisServer.start();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map(({ router }) => router.close()));
    lines.length = 0;
  });

  afterAll(() => server.end());

  async function alternate(count: number, replicas: readonly ServedRouter[], address: string) {
    const answers: HttpAnswer[] = [];
    for (let at = 0; at < count; at += 1) {
      const router = replicas[at % replicas.length];
      if (router) answers.push(await router.post(HELLO, { 'x-forwarded-for': address }));
    }
    return answers;
  }

  it('counts requests to all replicas together', async () => {
    const replicas = [await replica(), await replica()];

    const answers = await alternate(8, replicas, '10.0.0.1');

    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(6).fill(200), 429, 429]);
    expect(answers[6]?.headers.get('retry-after')).toBe('600');
    expect(lines).toEqual([]);
  });

  it('knows in each replica what was registered at another', async () => {
    const [one, other] = [await replica(), await replica()];

    await one.post({ ...HELLO, extensions });

    expect((await other.post({ extensions })).body).toEqual({ data: { hello: 'hello world' } });
  });

  it('may go away: each replica counts on by itself', async () => {
    const replicas = [await replica(), await replica()];
    await server.stop();

    const answers = await alternate(14, replicas, '10.0.0.2');

    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(12).fill(200), 429, 429]);
    expect(lines).toEqual(Array(2).fill('The cache is away; going on without it'));
    const registered = await replicas[0]?.post({ ...HELLO, extensions });
    expect(registered?.body).toEqual({ data: { hello: 'hello world' } });
  });

  it('may be away from the start', async () => {
    const router = await replica();

    expect((await router.post(HELLO)).status).toBe(200);
  });
});
