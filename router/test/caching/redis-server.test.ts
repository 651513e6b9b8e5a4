import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { RedisServer } from '../../src/caching/redis-server.ts';
import { systemClock } from '../../src/system/clock.ts';
import { silentLogger } from '../../src/system/logger.ts';

/** Where nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] });
});

afterEach(() => jest.useRealTimers());

it('leaves nothing to wait for when it is closed while its server is away', async () => {
  const url = `redis://127.0.0.1:${await freePort()}`;
  const server = new RedisServer({ url, clock: systemClock, log: silentLogger });
  await server.tried();
  expect(await server.ask((redis) => redis.get('key'))).toBeUndefined();

  server.close();
  jest.advanceTimersByTime(100);

  expect(jest.getTimerCount()).toBe(0);
});
