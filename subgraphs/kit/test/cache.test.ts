import { createMemoryCache } from '../src/index.ts';
import { describeCache } from '../src/testing/cache-contract.ts';
import { FakeClock } from '../src/testing/index.ts';

describeCache('memory', async () => {
  const clock = new FakeClock();
  return { cache: createMemoryCache(clock), pass: async (ms) => clock.advance(ms) };
});
