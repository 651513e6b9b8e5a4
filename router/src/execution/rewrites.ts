import type { FetchDataRewrite } from '@apollo/query-planner';
import type { Subtypes } from '../supergraph/subtypes.ts';
import type { Entity } from './run.ts';

const TYPE_STEP = '... on ';

/** Renames fields and sets values in `value` as the plan asks for; `value` must be ours. */
export function rewrite(
  rewrites: readonly FetchDataRewrite[],
  value: unknown,
  subtypes: Subtypes,
): void {
  for (const one of rewrites) {
    const field = one.path.at(-1);
    if (field === undefined) continue;
    at(value, one.path.slice(0, -1), subtypes, (object) => {
      if (one.kind === 'ValueSetter') object[field] = one.setValueTo;
      else if (Object.hasOwn(object, field)) {
        object[one.renameKeyTo] = object[field];
        delete object[field];
      }
    });
  }
}

/** Calls back for every object at a path that may go through lists and type conditions. */
function at(
  value: unknown,
  path: readonly string[],
  subtypes: Subtypes,
  found: (object: Entity) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) at(item, path, subtypes, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const [step, ...rest] = path;
  const object = value as Entity;
  if (step === undefined) found(object);
  else if (!step.startsWith(TYPE_STEP)) at(object[step], rest, subtypes, found);
  else if (mayBe(object, step.slice(TYPE_STEP.length), subtypes)) at(object, rest, subtypes, found);
}

/** An object without a `__typename` is taken for what the plan says it is. */
function mayBe(object: Entity, typeCondition: string, subtypes: Subtypes): boolean {
  const typename = object['__typename'];
  return typename === undefined || subtypes.includes(typeCondition, typename);
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
export function renamedPath(
  rewrites: readonly FetchDataRewrite[] | undefined,
  path: readonly (string | number)[],
): readonly (string | number)[] {
  if (!rewrites) return path;
  return path.map((step) => {
    const renamer = rewrites.find((one) => one.kind === 'KeyRenamer' && one.path.at(-1) === step);
    return renamer?.kind === 'KeyRenamer' ? renamer.renameKeyTo : step;
  });
}
