import type { Find, Range, Scalar, Where } from './documents.ts';

export type Filter = Readonly<Record<string, unknown>>;

/** Every name that reaches the server is checked here, so that none is an operator or a path. */
export function nameOf(field: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(field)) throw new Error(`${field} is no field name`);
  return field === 'id' ? '_id' : field;
}

/** The server compares like with like, and finds what lacks a field by null, as the port wants it. */
export function filterOf<Doc>(where: Where<Doc> = {}): Filter {
  const wanted = Object.entries(where as Record<string, Wanted | undefined>);
  return Object.fromEntries(
    wanted.flatMap(([field, value]) => {
      const condition = value === undefined ? undefined : conditionOf(value);
      return condition === undefined ? [] : [[nameOf(field), condition]];
    }),
  );
}

type Wanted = Scalar | readonly Scalar[] | Range;

/** Undefined where there is none: a range without ends. */
function conditionOf(wanted: Wanted): unknown {
  if (Array.isArray(wanted)) return { $in: wanted };
  if (wanted === null || typeof wanted !== 'object') return wanted;
  const { from, below } = wanted as Range;
  if (from === undefined && below === undefined) return undefined;
  return {
    ...(from !== undefined && { $gte: from }),
    ...(below !== undefined && { $lt: below }),
  };
}

export const sortOf = <Doc>(order: NonNullable<Find<Doc>['order']>): Record<string, 1 | -1> =>
  Object.fromEntries(
    order.map(([field, direction]) => [nameOf(field), direction === 'asc' ? 1 : -1]),
  );

/** (a, b) comes after (x, y): a beyond x, or a equal to x and b beyond y; beyond in each field's direction. */
export function afterOf<Doc>(
  order: NonNullable<Find<Doc>['order']>,
  after: readonly (string | number)[],
): Filter {
  if (after.length !== order.length) throw new Error('after must have a value for each field');
  const alternatives = order.map(([field, direction], index) => {
    const equal = order.slice(0, index).map(([earlier], i) => [nameOf(earlier), after[i]]);
    const beyond = { [direction === 'asc' ? '$gt' : '$lt']: after[index] };
    return { ...Object.fromEntries(equal), [nameOf(field)]: beyond };
  });
  return { $or: alternatives };
}
