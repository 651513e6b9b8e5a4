import type { ContextArgument, PlanPath } from '../planning/plan.ts';
import type { Subtypes } from '../supergraph/subtypes.ts';
import { pathsAt, type ResponsePath } from './place.ts';
import type { Entity } from './run.ts';

/** Objects that a fetch must ask for together, because their context has the same values. */
export interface ContextGroup {
  readonly variables: Record<string, unknown>;
  readonly objects: readonly Entity[];
}

/**
 * Splits the objects of a fetch by the values that `@fromContext` takes from around them. Each
 * group is one request, since an argument has one value for all entities of a request.
 */
export function groupByContext(
  args: readonly ContextArgument[],
  root: Entity,
  path: PlanPath,
  objects: readonly Entity[],
  subtypes: Subtypes,
): ContextGroup[] {
  const paths = pathsAt(root, path);
  const groups = new Map<string, { variables: Record<string, unknown>; objects: Entity[] }>();
  for (const object of objects) {
    const variables: Record<string, unknown> = {};
    for (const { path: from, variable } of args) {
      const value = valueAround(root, paths.get(object)?.[0] ?? [], from, subtypes);
      if (value !== undefined) variables[variable] = value;
    }
    const key = JSON.stringify(variables);
    const group = groups.get(key) ?? { variables, objects: [] };
    group.objects.push(object);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Follows a path that starts with `..` for every object outwards and may name types. */
function valueAround(
  root: Entity,
  start: ResponsePath,
  from: PlanPath,
  subtypes: Subtypes,
): unknown {
  let at = start;
  let inwards = 0;
  while (from[inwards] === '..') {
    at = parentOf(at);
    inwards += 1;
  }
  let value: unknown = at.reduce<unknown>(child, root);
  for (const step of from.slice(inwards)) {
    if (typeof step === 'string') value = child(value, step);
    else if (!step.types.some((type) => subtypes.includes(type, child(value, '__typename')))) {
      return undefined;
    }
  }
  return value;
}

function parentOf(path: ResponsePath): ResponsePath {
  const lastField = path.findLastIndex((step) => typeof step === 'string');
  return path.slice(0, Math.max(lastField, 0));
}

function child(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Entity)[step] : undefined;
}
