import type { Requirement } from '../planning/plan.ts';
import type { Subtypes } from '../supergraph/subtypes.ts';
import { mergeInto, type Merging } from './merge.ts';
import type { Entity } from './run.ts';

/** Reads from an object what a subgraph needs to know it again; undefined when it cannot be had. */
export type Represent = (object: Entity) => Entity | undefined;

/** Compiles what a fetch requires. A representation without `__typename` names no entity. */
export function compileRepresentation(
  requirements: readonly Requirement[],
  subtypes: Subtypes,
): Represent {
  const read = compileRequired(requirements, subtypes);
  return (object) => {
    const representation = read(object);
    return representation?.['__typename'] ? representation : undefined;
  };
}

type Part = (object: Entity, into: Entity) => boolean;

/** Representations are made of parts of answers, which stay as they are. */
const AS_THEIRS: Merging = { isOurs: false };

/** Reads all that is required; undefined when some of it is missing. */
export function compileRequired(
  requirements: readonly Requirement[],
  subtypes: Subtypes,
): Represent {
  const parts = requirements.map((requirement) => compileOne(requirement, subtypes));
  return (object) => {
    const result: Entity = {};
    return parts.every((part) => part(object, result)) ? result : undefined;
  };
}

function compileOne(requirement: Requirement, subtypes: Subtypes): Part {
  if (requirement.kind === 'Fragment') {
    const { type } = requirement;
    const read = compileRequired(requirement.selections, subtypes);
    return (object, into) => {
      if (type && !subtypes.includes(type, object['__typename'])) return true;
      const part = read(object);
      if (part) mergeInto(into, part, undefined, AS_THEIRS);
      return true;
    };
  }
  const { name, as, selections } = requirement;
  const read = selections && compileRequired(selections, subtypes);
  return (object, into) => {
    const value = object[name];
    if (value === undefined) return false;
    into[as] = read ? deeply(value, read) : value;
    return true;
  };
}

/** What is required of a value: of each item where it is a list. */
export function deeply(value: unknown, read: Represent): unknown {
  if (Array.isArray(value)) return value.map((item) => deeply(item, read));
  if (typeof value !== 'object' || value === null) return value;
  return read(value as Entity) ?? null;
}
