import fc from 'fast-check';
import { createRouter, type Router } from '../src/index.ts';
import { loadSupergraph } from '../src/supergraph/supergraph.ts';
import { failures, unequal } from './support/comparison.ts';
import { harbour, worlds, type World } from './support/harbour.ts';
import { harbourAsOne } from './support/harbour-as-one.ts';
import { noLimits } from './support/no-limits.ts';
import { operations } from './support/operations.ts';
import { planners } from './support/planners.ts';
import { composed, localSubgraphs } from './support/subgraphs.ts';

const DEFAULT_RUNS = 200;

const definitions = harbour(() => world);
const supergraph = composed(definitions);
const { apiSchema } = loadSupergraph(supergraph);
let [world] = fc.sample(worlds, { seed: 1, numRuns: 1 }) as [World];
const asOne = harbourAsOne(apiSchema, () => world);

describe.each(planners)('a harbour, planned by $name', (planner) => {
  let router: Router;

  beforeAll(async () => {
    router = await createRouter({
      supergraph,
      transports: localSubgraphs(definitions).transports,
      mode: 'development',
      limits: noLimits,
      ...planner.options,
    });
  });

  afterAll(() => router.close());

  it('answers random operations to the letter like one server that has all data', async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const numRuns = Number(process.env['RUNS'] ?? DEFAULT_RUNS);
    const property = fc.asyncProperty(
      worlds,
      operations(apiSchema),
      fc.boolean(),
      fc.boolean(),
      async (next, query, a, b) => {
        world = next;
        const variables = { a, b };
        const expected = asOne(query, variables);
        const actual = await router.execute({ query, variables });
        expect(JSON.stringify(actual.data, null, 1)).toBe(JSON.stringify(expected.data, null, 1));
        const told = failures(expected).filter(({ known }) => known.endsWith('NOT_TODAY'));
        const ours = failures(actual).filter(({ known }) => known.endsWith('NOT_TODAY'));
        expect(unequal(ours, told, actual.data)).toEqual([]);
      },
    );
    try {
      await fc.assert(property, { seed, numRuns });
    } catch (failure) {
      throw new Error(`Repeat with SEED=${seed}`, { cause: failure });
    }
  }, 3_600_000);
});
