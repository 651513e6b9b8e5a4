import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { groupByContext } from './context-arguments.ts';
import { Fetch, type ClientPaths } from './fetch.ts';
import { mergeInto } from './merge.ts';
import { commonPath, pathsAt, type PlanPath } from './place.ts';
import { compileRepresentation, type Represent } from './representation.ts';
import { copyOf, rewrite } from './rewrites.ts';
import type { Entity, Run } from './run.ts';
import type { PlanSurroundings, Step } from './steps.ts';

/** Compiles a fetch of entities: each distinct one is asked for once and written to all its places. */
export function compileEntityFetch(
  node: FetchNode,
  requires: readonly QueryPlanSelectionNode[],
  path: PlanPath,
  around: PlanSurroundings,
): Step {
  const { subtypes } = around;
  const fetch = new Fetch(node, commonPath(path), around);
  const represent = compileRepresentation(requires, subtypes);
  const merge = entityMerge(node, path, around);
  const { contextRewrites, inputRewrites } = node;

  const fetchInto = async (
    run: Run,
    objects: readonly Entity[],
    variables?: Record<string, unknown>,
  ): Promise<void> => {
    const wanted = distinct(objects, (object) => {
      const representation = represent(object);
      if (representation && inputRewrites) rewrite(inputRewrites, representation, subtypes);
      return representation;
    });
    if (wanted.length === 0) return;

    const representations = wanted.map((one) => one.representation);
    const response = await fetch.send(run, { ...variables, representations });
    if (!response) return;
    if (response.errors) fetch.reportErrors(run, response, clientPaths(run, path, wanted));
    if (!response.data) return;
    const entities = response.data['_entities'];
    if (!Array.isArray(entities) || entities.length !== wanted.length) {
      fetch.reportUnavailable(run, 'The answer does not hold the entities that were asked for');
      return;
    }
    wanted.forEach(({ objects: places }, index) => {
      const entity: unknown = entities[index];
      if (typeof entity !== 'object' || entity === null) return;
      for (const object of places) merge(object, entity as Entity);
    });
  };

  if (!contextRewrites) return (run, place) => fetchInto(run, place.objects);
  return async (run, place) => {
    const groups = groupByContext(contextRewrites, run.data, path, place.objects, subtypes);
    await Promise.all(groups.map((group) => fetchInto(run, group.objects, group.variables)));
  };
}

/** An entity to ask for, and the objects of the answer that it belongs to. */
interface Wanted {
  readonly representation: Entity;
  readonly objects: Entity[];
}

function distinct(objects: readonly Entity[], represent: Represent): Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const object of objects) {
    const representation = represent(object);
    if (!representation) continue;
    const key = JSON.stringify(representation);
    const known = wanted.get(key);
    if (known) known.objects.push(object);
    else wanted.set(key, { representation, objects: [object] });
  }
  return [...wanted.values()];
}

function entityMerge(
  { outputRewrites }: FetchNode,
  path: PlanPath,
  { subtypes, writes }: PlanSurroundings,
): (target: Entity, entity: Entity) => void {
  const beneath = writes.at(path);
  if (!outputRewrites) return (target, entity) => mergeInto(target, entity, beneath);
  return (target, entity) => {
    const renamed = copyOf(entity) as Entity;
    // Rewrites go by type, which an entity that was asked for by its key need not repeat.
    renamed['__typename'] ??= target['__typename'];
    rewrite(outputRewrites, renamed, subtypes);
    mergeInto(target, renamed, beneath);
  };
}

/** An entity that many places asked for is told to have failed at this many of them. */
const MAX_PLACES_PER_ERROR = 20;

/** Maps `_entities.3.name` to the places in the answer that entity 3 was asked for. */
function clientPaths(run: Run, path: PlanPath, wanted: readonly Wanted[]): ClientPaths {
  const places = pathsAt(run.data, path);
  return (errorPath) => {
    const objects = wanted[Number(errorPath?.[1])]?.objects ?? [];
    const found = objects
      .slice(0, MAX_PLACES_PER_ERROR)
      .flatMap((object) => [places.get(object) ?? []])
      .map((place) => [...place, ...(errorPath ?? []).slice(2)]);
    return found.length > 0 ? found : [commonPath(path)];
  };
}
