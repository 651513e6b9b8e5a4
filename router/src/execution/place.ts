import type { PlanPath } from '../planning/plan.ts';
import type { Subtypes } from '../supergraph/subtypes.ts';
import type { Entity } from './run.ts';

export type ResponsePath = readonly (string | number)[];

/** Some objects of the answer that a step works on, and the path they were found at. */
export interface Place {
  readonly path: PlanPath;
  readonly objects: readonly Entity[];
}

/** The objects at a path beneath others; what is null or missing on the way is left out. */
export function placeAt(from: Place, path: PlanPath, subtypes: Subtypes): Place {
  if (path.length === 0) return from;
  const objects: Entity[] = [];
  for (const object of from.objects) collect(object, path, 0, subtypes, objects);
  return { path: [...from.path, ...path], objects };
}

function collect(
  value: unknown,
  path: PlanPath,
  depth: number,
  subtypes: Subtypes,
  found: Entity[],
): void {
  if (value === null || typeof value !== 'object') return;
  const step = path[depth];
  if (Array.isArray(value)) {
    const next = step === '@' ? depth + 1 : depth;
    for (const item of value) collect(item, path, next, subtypes, found);
    return;
  }
  const object = value as Entity;
  if (step === undefined) found.push(object);
  else if (typeof step === 'string') collect(object[step], path, depth + 1, subtypes, found);
  else if (subtypes.fits(step.types, object)) collect(object, path, depth + 1, subtypes, found);
}

/** Where in the answer each object at a path stands, for the paths of errors. */
export function pathsAt(root: Entity, path: PlanPath): Map<Entity, ResponsePath> {
  const paths = new Map<Entity, ResponsePath>();
  const walk = (value: unknown, depth: number, at: ResponsePath): void => {
    if (value === null || typeof value !== 'object') return;
    const step = path[depth];
    if (Array.isArray(value)) {
      const next = step === '@' ? depth + 1 : depth;
      value.forEach((item, index) => walk(item, next, [...at, index]));
      return;
    }
    if (step === undefined) paths.set(value as Entity, at);
    else if (typeof step === 'string') walk((value as Entity)[step], depth + 1, [...at, step]);
    else walk(value, depth + 1, at);
  };
  walk(root, 0, []);
  return paths;
}

/** The part of a plan's path that is the same for all of its objects. */
export function commonPath(path: PlanPath): ResponsePath {
  const list = path.indexOf('@');
  const common = list === -1 ? path : path.slice(0, list);
  return common.filter((step) => typeof step === 'string');
}
