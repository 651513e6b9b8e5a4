import fc from 'fast-check';
import type { Router } from '../src/index.ts';
import { compareAtRandom, startCompared } from './support/comparison.ts';
import { harbour, worlds, type World } from './support/harbour.ts';
import type { Oracle } from './support/oracle.ts';
import { planners } from './support/planners.ts';

describe.each(planners)('a harbour of generated data, planned by $name', (planner) => {
  let [world] = fc.sample(worlds, { seed: 1, numRuns: 1 }) as [World];
  let router: Router;
  let oracle: Oracle;

  beforeAll(async () => {
    ({ router, oracle } = await startCompared(
      planner,
      harbour(() => world),
    ));
  });

  afterAll(async () => {
    await router.close();
    await oracle.close();
  });

  it('answers random operations like the oracle', async () => {
    // Where Hive's planner finds no way behind the interface object, Apollo's plans: what counts is the answer.
    await compareAtRandom({ router, oracle }, worlds, (next) => {
      world = next;
    });
  }, 3_600_000);
});
