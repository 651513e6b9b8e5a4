import type { Requirement } from '../planning/plan.ts';
import type { Subtypes } from '../supergraph/subtypes.ts';
import { compileRequired, deeply, type Represent } from './representation.ts';
import type { Entity } from './run.ts';

/** A text that two objects share only when their representations are equal, or when neither can be made. */
export type EntityKey = (object: Entity) => string;

interface KeyField {
  readonly name: string;
  readonly read: Represent | undefined;
}

/**
 * Compiles how objects are told apart. An entity that is met at many places is represented once; for
 * the others a look at the required fields is all there is to do.
 */
export function compileEntityKey(
  requirements: readonly Requirement[],
  subtypes: Subtypes,
): EntityKey {
  const byType = new Map<unknown, readonly KeyField[]>();
  return (object) => {
    const typename = object['__typename'];
    let fields = byType.get(typename);
    if (!fields) byType.set(typename, (fields = fieldsFor(typename, requirements, subtypes)));
    let key = String(typename);
    for (const { name, read } of fields) key += '\n' + textOf(object[name], read);
    return key;
  };
}

function fieldsFor(
  typename: unknown,
  requirements: readonly Requirement[],
  subtypes: Subtypes,
): KeyField[] {
  return requirements.flatMap((requirement): KeyField[] => {
    if (requirement.kind === 'Field') {
      const { name, selections } = requirement;
      return [{ name, read: selections && compileRequired(selections, subtypes) }];
    }
    const { type, selections } = requirement;
    const applies = !type || subtypes.includes(type, typename);
    return applies ? fieldsFor(typename, selections, subtypes) : [];
  });
}

/** No text is the beginning of another with a line break after it: strings tell their length. */
function textOf(value: unknown, read: Represent | undefined): string {
  if (typeof value === 'string') return value.length + ':' + value;
  return JSON.stringify(read ? deeply(value, read) : value) ?? '';
}
