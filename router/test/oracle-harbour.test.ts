import fc from 'fast-check';
import { createRouter, type Router } from '../src/index.ts';
import { compareAtRandom } from './support/comparison.ts';
import { harbour, worlds, type World } from './support/harbour.ts';
import { noLimits } from './support/no-limits.ts';
import { createOracle, type Oracle } from './support/oracle.ts';
import { planners } from './support/planners.ts';
import { composed, localSubgraphs } from './support/subgraphs.ts';

describe.each(planners)('a harbour of generated data, planned by $name', (planner) => {
  let [world] = fc.sample(worlds, { seed: 1, numRuns: 1 }) as [World];
  let router: Router;
  let oracle: Oracle;

  beforeAll(async () => {
    const definitions = harbour(() => world);
    const subgraphs = localSubgraphs(definitions);
    const supergraph = composed(definitions);
    router = await createRouter({
      supergraph,
      transports: subgraphs.transports,
      mode: 'development',
      limits: noLimits,
      ...planner.options,
    });
    oracle = await createOracle(supergraph, subgraphs);
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
