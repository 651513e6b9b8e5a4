import type { Cache } from '../cache/cache.ts';

export interface CacheUnderTest {
  cache: Cache;
  /** Lets so many milliseconds pass. */
  pass(ms: number): Promise<void>;
}

/** What every cache must do; each adapter runs it unchanged. */
export function describeCache(name: string, create: () => Promise<CacheUnderTest>): void {
  describe(`${name} as a cache`, () => {
    let cache: Cache;
    let pass: CacheUnderTest['pass'];

    beforeEach(async () => {
      ({ cache, pass } = await create());
    });

    afterEach(() => cache.close());

    it('gives back what was set, until its time is over', async () => {
      await cache.set('key', 'value', 1_000);
      expect(await cache.get('key')).toBe('value');
      await pass(1_100);
      expect(await cache.get('key')).toBeNull();
    });

    it('knows nothing of what was never set or was deleted', async () => {
      expect(await cache.get('key')).toBeNull();
      await cache.set('key', 'value', 1_000);
      await cache.delete('key');
      expect(await cache.get('key')).toBeNull();
    });

    it('adds what is not there, and leaves alone what is', async () => {
      await cache.add('key', 'read', 1_000);
      expect(await cache.get('key')).toBe('read');
      await cache.set('key', 'changed', 1_000);
      await cache.add('key', 'read', 60_000);
      expect(await cache.get('key')).toBe('changed');
      await pass(1_100);
      expect(await cache.get('key')).toBeNull();
    });

    it('forgets a count that is deleted', async () => {
      await cache.increment('tries', 60_000);
      await cache.delete('tries');
      expect(await cache.get('tries')).toBeNull();
      expect((await cache.increment('tries', 60_000)).count).toBe(1);
    });

    it('tells a count to who asks for it', async () => {
      await cache.increment('tries', 60_000);
      await cache.increment('tries', 60_000);
      expect(await cache.get('tries')).toBe('2');
    });

    it('counts from the first time on, and forgets the count when that time is over', async () => {
      const first = await cache.increment('tries', 1_000);
      await pass(400);
      const second = await cache.increment('tries', 1_000);
      expect([first.count, second.count]).toEqual([1, 2]);
      expect(Math.abs(second.expiresAt.getTime() - first.expiresAt.getTime())).toBeLessThan(100);
      await pass(700);
      expect((await cache.increment('tries', 1_000)).count).toBe(1);
    });

    it('counts every one of many at once', async () => {
      const counts = await Promise.all(
        Array.from({ length: 50 }, () => cache.increment('tries', 60_000)),
      );
      expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
    });
  });
}
