import type { EntityFetch, PlanPath } from '../planning/plan.ts';
import type { SubgraphResponse } from '../transport/subgraph-transport.ts';
import { groupByContext } from './context-arguments.ts';
import { CompiledBatch, type Wanted } from './entity-batch.ts';
import { Fetch, type ClientPaths } from './fetch.ts';
import type { Place, ResponsePath } from './place.ts';
import type { Entity, Run } from './run.ts';
import type { PlanSurroundings, Step } from './steps.ts';

/** Compiles a fetch of entities: each distinct one is asked for once and written to all its places. */
export function compileEntityFetch(
  node: EntityFetch,
  path: PlanPath,
  around: PlanSurroundings,
): Step {
  const { contextArguments } = node;
  const batches = node.batches.map((batch) => new CompiledBatch(batch, path, around));
  const affected = batches.flatMap((batch) => batch.affected);
  const fetch = new Fetch(node, affected, around);

  const fetchInto = async (
    run: Run,
    place: Place,
    context?: Record<string, unknown>,
  ): Promise<void> => {
    const asked = batches.map((batch) => ({ batch, wanted: batch.collect(place, run) }));
    if (asked.every(({ wanted }) => wanted.length === 0)) return;

    const variables: Record<string, unknown> = { ...context };
    for (const { batch, wanted } of asked) {
      variables[batch.variable] = wanted.map((one) => one.representation);
    }
    const response = await fetch.send(run, variables);
    if (!response) return;
    if (response.errors) fetch.reportErrors(run, response, clientPaths(run, asked, affected));
    run.collected.forget();
    if (response.data && !isFilled(asked, response.data, response.isUnshared === true)) {
      fetch.reportUnavailable(run, 'The answer does not hold the entities that were asked for');
    }
  };

  if (contextArguments.length === 0) return fetchInto;
  return async (run, place) => {
    const { objects } = place;
    const groups = groupByContext(contextArguments, run.data, path, objects, around.subtypes);
    await Promise.all(
      groups.map((group) => fetchInto(run, { ...place, objects: group.objects }, group.variables)),
    );
  };
}

/** A batch of a fetch, and what it asks for this time. */
interface Asked {
  readonly batch: CompiledBatch;
  readonly wanted: readonly Wanted[];
}

/** Writes the entities of an answer to their places; false when they are not those that were asked for. */
function isFilled(
  asked: readonly Asked[],
  data: NonNullable<SubgraphResponse['data']>,
  isOurs: boolean,
): boolean {
  let isWhole = true;
  for (const { batch, wanted } of asked) {
    const entities = data[batch.responseName];
    if (!Array.isArray(entities) || entities.length !== wanted.length) {
      isWhole = false;
      continue;
    }
    wanted.forEach((one, index) => {
      const entity: unknown = entities[index];
      if (typeof entity === 'object' && entity !== null) batch.fill(one, entity as Entity, isOurs);
    });
  }
  return isWhole;
}

/** Maps `_entities.3.name` to the places in the answer that entity 3 was asked for. */
function clientPaths(
  run: Run,
  asked: readonly Asked[],
  affected: readonly ResponsePath[],
): ClientPaths {
  return (errorPath) => {
    const of = errorPath && asked.find(({ batch }) => batch.responseName === errorPath[0]);
    const found = of ? of.batch.clientPaths(run, of.wanted, errorPath) : [];
    return found.length > 0 ? found : affected;
  };
}
