import type { PlanPath, Rewrite } from '../planning/plan.ts';
import type { Subtypes } from '../supergraph/subtypes.ts';
import type { ResponsePath } from './place.ts';
import type { Entity } from './run.ts';

/** Renames fields and sets values in `value` as the plan asks for; `value` must be ours. */
export function rewrite(rewrites: readonly Rewrite[], value: unknown, subtypes: Subtypes): void {
  for (const one of rewrites) {
    const { field } = one;
    at(value, one.at, 0, subtypes, (object) => {
      if (one.kind === 'Set') object[field] = one.value;
      else if (Object.hasOwn(object, field)) {
        object[one.to] = object[field];
        delete object[field];
      }
    });
  }
}

/** Calls back for every object at a path that may go through lists and type conditions. */
function at(
  value: unknown,
  path: PlanPath,
  depth: number,
  subtypes: Subtypes,
  found: (object: Entity) => void,
): void {
  const step = path[depth];
  if (Array.isArray(value)) {
    const next = step === '@' ? depth + 1 : depth;
    for (const item of value) at(item, path, next, subtypes, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const object = value as Entity;
  if (step === undefined) found(object);
  else if (typeof step === 'string') at(object[step], path, depth + 1, subtypes, found);
  else if (subtypes.fits(step.types, object)) at(object, path, depth + 1, subtypes, found);
}

/** A deep copy that may be rewritten, of data that may not. */
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Entity = {};
  for (const [field, inner] of Object.entries(value)) copy[field] = copyOf(inner);
  return copy;
}

/** Puts the client's names back into the path of an error. */
export function renamedPath(rewrites: readonly Rewrite[], path: ResponsePath): ResponsePath {
  if (rewrites.length === 0) return path;
  return path.map((step) => {
    const renamer = rewrites.find((one) => one.kind === 'Rename' && one.field === step);
    return renamer?.kind === 'Rename' ? renamer.to : step;
  });
}
