import fc from 'fast-check';
import type { ExecutionResult } from 'graphql';
import { createRouter, type Router } from '../../src/index.ts';
import { byDistinctNames, byOwnNames } from './distinct-names.ts';
import { noLimits } from './no-limits.ts';
import { operations } from './operations.ts';
import { createOracle, type Oracle } from './oracle.ts';
import type { PlannedBy } from './planners.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './subgraphs.ts';
import { unconditional, withoutSkipped } from './unconditional.ts';

/** Two that answer from the same subgraphs. */
export interface Compared {
  readonly router: Router;
  readonly oracle: Oracle;
}

/** A router that plans so, and the oracle, over these subgraphs. */
export async function startCompared(
  planner: PlannedBy,
  definitions: SubgraphDefinitions,
): Promise<Compared> {
  const subgraphs = localSubgraphs(definitions);
  const supergraph = composed(definitions);
  const router = await createRouter({
    supergraph,
    transports: subgraphs.transports,
    mode: 'development',
    limits: noLimits,
    ...planner.options,
  });
  return { router, oracle: await createOracle(supergraph, subgraphs) };
}

const DEFAULT_RUNS = 200;

/**
 * Asks both the same random operations, each time of another world, and expects equal answers. `RUNS` says how many,
 * `SEED` repeats a failure.
 */
export async function compareAtRandom<World>(
  { router, oracle }: Compared,
  worlds: fc.Arbitrary<World>,
  enter: (world: World) => void,
): Promise<void> {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const numRuns = Number(process.env['RUNS'] ?? DEFAULT_RUNS);
  const property = fc.asyncProperty(
    worlds,
    operations(oracle.schema),
    fc.boolean(),
    fc.boolean(),
    async (world, query, a, b) => {
      enter(world);
      const variables = { a, b };
      const asked = byDistinctNames(unconditional(query, variables));
      const expected = byOwnNames(await oracle.execute(asked));
      const actual = await router.execute({ query, variables });
      expect(actual.data).toEqual(withoutSkipped(expected.data ?? null));
      expect(unequal(failures(actual), failures(expected), actual.data)).toEqual([]);
    },
  );
  try {
    await fc.assert(property, { seed, numRuns });
  } catch (failure) {
    throw new Error(`Repeat with SEED=${seed}`, { cause: failure });
  }
}

/** A field that has an error. */
interface Failure {
  readonly fields: readonly string[];
  /** The object that the field is of, and the error's code: what both have to tell. */
  readonly known: string;
}

/**
 * Of two fields of one object from which null rises, it is for the subgraph to say which is told. The oracle counts items
 * wrongly in lists of several types, so indexes are left out; and it does not tell as errors which values break the schema.
 */
export function failures({ errors = [] }: ExecutionResult): Failure[] {
  return errors.flatMap(({ path = [], extensions }) => {
    const code = codeOf(extensions);
    if (code === 'INVALID_SUBGRAPH_RESPONSE') return [];
    const fields = path.filter((step) => typeof step === 'string');
    return [{ fields, known: `${fields.slice(0, -1).join('.')} ${code}` }];
  });
}

/**
 * What only one of them tells. Where not all objects of a list are asked for a field, a plan may still fetch it for all: it
 * then tells what failed for those that were not asked. And of what is null for an error, others need not be told.
 */
export function unequal(
  some: readonly Failure[],
  others: readonly Failure[],
  data: unknown,
): string[] {
  const missing = (told: readonly Failure[], from: readonly Failure[]): readonly Failure[] =>
    told.filter(({ known, fields }) => {
      if (from.some((other) => other.known === known)) return false;
      const around = fields.slice(0, depthOfNull(data, fields.slice(0, -1)));
      const isWithin = (other: Failure): boolean =>
        around.every((field, index) => other.fields[index] === field);
      return around.length === fields.length || !from.some(isWithin);
    });
  return [...missing(some, others), ...missing(others, some)]
    .filter(({ fields }) => isAskedOfAll(data, fields))
    .map(({ known }) => known);
}

/** How many of the fields there are until all is null; one more than there are where it is not. */
function depthOfNull(value: unknown, [field, ...beneath]: readonly string[]): number {
  if (value === null || value === undefined) return 0;
  if (Array.isArray(value)) {
    const path = field === undefined ? [] : [field, ...beneath];
    return Math.max(0, ...value.map((item) => depthOfNull(item, path)));
  }
  if (field === undefined || typeof value !== 'object') return 1;
  return 1 + depthOfNull((value as Record<string, unknown>)[field], beneath);
}

function isAskedOfAll(value: unknown, [field, ...beneath]: readonly string[]): boolean {
  if (field === undefined || typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every((item) => isAskedOfAll(item, [field, ...beneath]));
  return field in value && isAskedOfAll((value as Record<string, unknown>)[field], beneath);
}

/** What a subgraph's fault is called by the oracle, and by a router that masks it. */
function codeOf(extensions: ExecutionResult['extensions']): string {
  const code = String(extensions?.['code']);
  return code === 'DOWNSTREAM_SERVICE_ERROR' ? 'INTERNAL_SERVER_ERROR' : code;
}
