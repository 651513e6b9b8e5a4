import { requirement } from '@crema/check';
import { openCache, pause, systemClock, type Cache, type Logger } from '../src/index.ts';
import { describeCache } from '../src/testing/cache-contract.ts';
import { hasRedisServer, RedisServer } from './redis-server.ts';

const MINUTE_MS = 60_000;
/** So that a busy machine is not taken for a server that is away. */
const PATIENT = { callMs: 5_000 };
/** What a call may take, and what a busy machine adds. */
const BOUND_MS = 250 + 250;

requirement('services', hasRedisServer)('Redis', () => {
  let server: RedisServer;
  const open: Cache[] = [];
  const lines: string[] = [];
  const write = (_fields: object, message: string) => void lines.push(message);
  const log: Logger = { debug: write, info: write, warn: write, error: write, child: () => log };
  let installations = 0;

  /** As another process would: nothing is shared but the server. */
  const replica = async (prefix: string, options: object = PATIENT): Promise<Cache> => {
    const cache = await openCache({
      url: server.url,
      clock: systemClock,
      log,
      prefix,
      ...options,
    });
    open.push(cache);
    return cache;
  };
  const newPrefix = () => `test-${++installations}:`;

  beforeAll(async () => {
    server = await RedisServer.start();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((cache) => cache.close()));
    lines.length = 0;
  });

  afterAll(() => server.end());

  describeCache('redis', async () => ({
    cache: await replica(newPrefix()),
    pass: (ms) => pause(systemClock, ms),
  }));

  it('is one cache for all replicas', async () => {
    const prefix = newPrefix();
    const [one, other] = [await replica(prefix), await replica(prefix)];
    await one.set('key', 'value', MINUTE_MS);
    expect(await other.get('key')).toBe('value');
    const counts = await Promise.all(
      [one, other, one, other].map((cache) => cache.increment('tries', MINUTE_MS)),
    );
    expect(counts.map(({ count }) => count).sort()).toEqual([1, 2, 3, 4]);
    await other.delete('key');
    expect(await one.get('key')).toBeNull();
  });

  it('begins a count anew when its time is over, whoever counted before', async () => {
    const prefix = newPrefix();
    const [one, other] = [await replica(prefix), await replica(prefix)];
    for (const cache of [one, other, one]) await cache.increment('tries', 600);
    await pause(systemClock, 700);
    expect((await one.increment('tries', 600)).count).toBe(1);
    expect((await other.increment('tries', 600)).count).toBe(2);
  });

  describe('while the server is away', () => {
    afterEach(async () => {
      server.thaw();
      await server.stop();
      await server.start();
    });

    it('nothing is found, nothing fails, and counts go on from where they were', async () => {
      const prefix = newPrefix();
      const [one, other] = [await replica(prefix), await replica(prefix)];
      await one.set('key', 'value', MINUTE_MS);
      await other.increment('tries', MINUTE_MS);
      await other.increment('tries', MINUTE_MS);
      expect((await one.increment('tries', MINUTE_MS)).count).toBe(3);

      await server.stop();

      expect(await one.get('key')).toBeNull();
      await one.set('key', 'other', MINUTE_MS);
      await one.delete('key');
      expect((await one.increment('tries', MINUTE_MS)).count).toBe(4);
      expect(await one.get('tries')).toBe('4');
      expect(lines).toEqual(['the cache is away; going on without it']);
    });

    it('no call waits for long, and soon none waits at all', async () => {
      const prefix = newPrefix();
      const cache = await replica(prefix, {});
      await (await replica(prefix)).set('key', 'value', MINUTE_MS);
      server.freeze();
      expect(await took(() => cache.get('key'))).toBeLessThan(BOUND_MS);
      const calls = Array.from({ length: 200 }, () => cache.increment('tries', MINUTE_MS));
      expect(await took(() => Promise.all(calls))).toBeLessThan(BOUND_MS);
      server.thaw();
      await until(async () => (await cache.get('key')) === 'value');
    });

    it('who starts then works, and finds the server when it comes', async () => {
      await server.stop();
      const cache = await replica(newPrefix(), {});
      expect(await took(() => cache.get('key'))).toBeLessThan(BOUND_MS);
      expect((await cache.increment('tries', MINUTE_MS)).count).toBe(1);
      await server.start();
      await until(async () => {
        await cache.set('key', 'value', MINUTE_MS);
        return (await cache.get('key')) === 'value';
      });
      expect(lines).toEqual(['the cache is away; going on without it', 'the cache is back']);
    });
  });

  it('forgets nothing of the counts here when the server comes back empty', async () => {
    const cache = await replica(newPrefix());
    for (let i = 0; i < 5; i++) await cache.increment('tries', MINUTE_MS);
    await server.stop();
    await cache.increment('tries', MINUTE_MS);
    server.forget();
    await server.start();
    await until(async () => {
      await cache.set('key', 'value', MINUTE_MS);
      return (await cache.get('key')) === 'value';
    });
    expect((await cache.increment('tries', MINUTE_MS)).count).toBe(7);
  });

  it('reads nothing old after a change that did not arrive', async () => {
    const cache = await replica(newPrefix());
    await cache.set('changed', 'old', MINUTE_MS);
    await cache.set('deleted', 'old', MINUTE_MS);
    await cache.set('untouched', 'value', MINUTE_MS);
    await server.stop();
    await cache.set('changed', 'new', MINUTE_MS);
    await cache.delete('deleted');
    await server.start();
    await until(async () => (await cache.get('untouched')) === 'value');
    expect(await cache.get('changed')).toBeNull();
    expect(await cache.get('deleted')).toBeNull();
  });
});

async function took(work: () => Promise<unknown>): Promise<number> {
  const before = systemClock.now().getTime();
  await work();
  return systemClock.now().getTime() - before;
}

/** Looks again and again, for at most ten seconds. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = systemClock.now().getTime() + 10_000;
  while (!(await isSo())) {
    if (systemClock.now().getTime() > deadline) throw new Error('it never came to be');
    await pause(systemClock, 20);
  }
}
