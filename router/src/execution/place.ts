import type { PlanPath } from '../planning/plan.ts';
import type { Subtypes } from '../supergraph/subtypes.ts';
import type { Entity } from './run.ts';
import type { SharedObjects } from './shared-objects.ts';

export type ResponsePath = readonly (string | number)[];

/** Some objects of the answer that a step works on, and the path they were found at. */
export interface Place {
  readonly path: PlanPath;
  readonly objects: readonly Entity[];
}

/** An object, by its fields, or a list, by its indexes. */
type Holder = Record<string | number, unknown>;

/** Hears of an object, and of what holds it at which field or index; nothing holds one that a walk begins at. */
export type Found = (object: Entity, holder: Holder | undefined, slot: string | number) => void;

/**
 * Finds the objects at a path beneath others; what is null or missing on the way is left out. What is shared, and all that
 * lies in it, is found once.
 */
export type Walk = (from: Place, shared: SharedObjects, found: Found) => void;

/** What one walk has to do with, wherever it is. */
interface Walking {
  readonly shared: SharedObjects;
  readonly visited: Set<Entity> | undefined;
  readonly found: Found;
}

type Visit = (
  walking: Walking,
  value: unknown,
  holder: Holder | undefined,
  slot: string | number,
) => void;

/** Compiles the way to a path of a plan. */
export function compileWalk(path: PlanPath, subtypes: Subtypes): Walk {
  const visit = compileVisit(path, 0, subtypes);
  return ({ objects }, shared, found) => {
    const visited = shared.any ? new Set<Entity>() : undefined;
    const walking = { shared, visited, found };
    for (const object of objects) visit(walking, object, undefined, '');
  };
}

function compileVisit(path: PlanPath, depth: number, subtypes: Subtypes): Visit {
  const step = path[depth];
  const next = step === undefined ? undefined : compileVisit(path, depth + 1, subtypes);
  // After a condition on the type the object is the one that was visited with it.
  const isSame = depth > 0 && typeof path[depth - 1] !== 'string';
  const visit: Visit = (walking, value, holder, slot) => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      const visitItem = step === '@' && next ? next : visit;
      const items = value as unknown[] & Holder;
      for (let index = 0; index < items.length; index += 1) {
        visitItem(walking, items[index], items, index);
      }
      return;
    }
    const object = value as Entity;
    const { shared, visited, found } = walking;
    if (visited && !isSame && shared.has(object)) {
      if (visited.has(object)) return;
      visited.add(object);
    }
    if (!next) found(object, holder, slot);
    else if (typeof step === 'string') next(walking, object[step], object, step);
    else if (step && subtypes.fits(step.types, object)) next(walking, object, holder, slot);
  };
  return visit;
}

/** Where in the answer each object at a path stands, for the paths of errors: a shared one at several places. */
export function pathsAt(root: Entity, path: PlanPath): Map<Entity, ResponsePath[]> {
  const paths = new Map<Entity, ResponsePath[]>();
  const walk = (value: unknown, depth: number, at: ResponsePath): void => {
    if (value === null || typeof value !== 'object') return;
    const step = path[depth];
    if (Array.isArray(value)) {
      const next = step === '@' ? depth + 1 : depth;
      value.forEach((item, index) => walk(item, next, [...at, index]));
      return;
    }
    if (step === undefined) {
      const known = paths.get(value as Entity);
      if (known) known.push(at);
      else paths.set(value as Entity, [at]);
    } else if (typeof step === 'string') walk((value as Entity)[step], depth + 1, [...at, step]);
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
