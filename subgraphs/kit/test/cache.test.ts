import { createMemoryCache, openCache, silentLogger, systemClock } from '../src/index.ts';
import { describeCache } from '../src/testing/cache-contract.ts';
import { FakeClock } from '../src/testing/index.ts';

describeCache('memory', async () => {
  const clock = new FakeClock();
  return { cache: createMemoryCache(clock), pass: async (ms) => clock.advance(ms) };
});

describe("a cache's URL", () => {
  it('names the adapter', async () => {
    const cache = await openCache({ url: 'memory:', clock: systemClock, log: silentLogger });
    await cache.set('key', 'value', 1_000);
    expect(await cache.get('key')).toBe('value');
  });

  it('of an unknown kind is refused', async () => {
    const open = () => openCache({ url: 'file:x', clock: systemClock, log: silentLogger });
    await expect(open()).rejects.toThrow('file: is no cache URL');
  });
});
