import type { Entity } from './run.ts';

/** A path in a plan: field names, and `@` for every item of a list. */
export type PlanPath = readonly (string | number)[];
export type ResponsePath = readonly (string | number)[];

/** Some objects of the answer that a step works on, and the path they were found at. */
export interface Place {
  readonly path: PlanPath;
  readonly objects: readonly Entity[];
}

/** The objects at a path beneath others; what is null or missing on the way is left out. */
export function placeAt(from: Place, path: PlanPath): Place {
  const objects: Entity[] = [];
  for (const object of from.objects) collect(object, path, 0, objects);
  return { path: [...from.path, ...path], objects };
}

function collect(value: unknown, path: PlanPath, depth: number, found: Entity[]): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (const item of value) collect(item, path, next, found);
    return;
  }
  const step = path[depth];
  if (step === undefined) found.push(value as Entity);
  else collect((value as Entity)[step], path, depth + 1, found);
}

/** Where in the answer each object at a path stands, for the paths of errors. */
export function pathsAt(root: Entity, path: PlanPath): Map<Entity, ResponsePath> {
  const paths = new Map<Entity, ResponsePath>();
  const walk = (value: unknown, depth: number, at: ResponsePath): void => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      const next = path[depth] === '@' ? depth + 1 : depth;
      value.forEach((item, index) => walk(item, next, [...at, index]));
      return;
    }
    const step = path[depth];
    if (step === undefined) paths.set(value as Entity, at);
    else walk((value as Entity)[step], depth + 1, [...at, step]);
  };
  walk(root, 0, []);
  return paths;
}

/** The part of a plan's path that is the same for all of its objects. */
export function commonPath(path: PlanPath): ResponsePath {
  const list = path.indexOf('@');
  return list === -1 ? path : path.slice(0, list);
}
