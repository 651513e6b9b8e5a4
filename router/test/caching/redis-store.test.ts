import { requirement } from '@crema/check';
import {
  hasRedisServer,
  RedisServer as TestServer,
} from '../../../subgraphs/kit/test/redis-server.ts';
import { RedisServer } from '../../src/caching/redis-server.ts';
import { RedisStore } from '../../src/caching/redis-store.ts';
import { StoreUnavailableError } from '../../src/caching/response-store.ts';
import { systemClock, systemTimers } from '../../src/system/clock.ts';
import { systemIds } from '../../src/system/ids.ts';
import { silentLogger } from '../../src/system/logger.ts';
import { storeContract } from './store-contract.ts';

requirement('services', hasRedisServer)('answers in Redis', () => {
  let server: TestServer;
  const open: RedisServer[] = [];

  const connect = async (maxTags?: number): Promise<RedisStore> => {
    const redis = new RedisServer({
      url: server.url,
      clock: systemClock,
      timers: systemTimers,
      log: silentLogger,
      // So that a busy machine is not taken for a server that is away.
      callMs: 20_000,
    });
    await redis.tried();
    open.push(redis);
    return new RedisStore(redis, systemIds, maxTags);
  };
  const answer = { key: 'a', value: 1, tags: ['x'], ttlMs: 60_000 };

  beforeAll(async () => {
    server = await TestServer.start();
  });

  afterAll(async () => {
    for (const redis of open) redis.close();
    await server.end();
  });

  describe('as any store', () => {
    let stores: Promise<{ one: RedisStore; other: RedisStore }> | undefined;
    storeContract(
      () =>
        (stores ??= Promise.all([connect(), connect()]).then(([one, other]) => ({ one, other }))),
    );
  });

  it('forgets everything when it knows too many tags', async () => {
    const store = await connect(2);
    await store.write((await store.read([]))?.moment ?? '', [answer]);

    await store.invalidate(['1', '2', '3']);

    expect((await store.read(['a']))?.values).toEqual([undefined]);
  });

  it('believes nothing that a server tells which may have lost what it acknowledged', async () => {
    const store = await connect();
    await store.write((await store.read([]))?.moment ?? '', [answer]);
    expect((await store.read(['a']))?.values).toEqual([1]);

    await server.stop();
    await server.start();

    const again = await connect();
    expect((await again.read(['a']))?.values).toEqual([undefined]);
  });

  it('is read in vain while the server is away, and does not pretend to have invalidated', async () => {
    const store = await connect();
    await server.stop();

    expect(await store.read(['a'])).toBeUndefined();
    await store.write('before', [answer]);
    await expect(store.invalidate(['x'])).rejects.toThrow(StoreUnavailableError);
  });
});
