import { RequestError } from '../../errors.ts';
import { limitExceeded } from './limits.ts';

/** Deeper than any input; what goes deeper would overflow the stack of those who read it. */
const MAX_DEPTH = 50;

/** Throws a `RequestError` for a list in the variables that is too long, and names the variable. */
export function refuseLongLists(
  variables: Readonly<Record<string, unknown>>,
  maxItems: number,
): void {
  for (const name in variables) refuseIn(variables[name], name, maxItems, 0);
}

function refuseIn(value: unknown, variable: string, maxItems: number, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth === MAX_DEPTH) {
    throw RequestError.of('BAD_USER_INPUT', `The variable "$${variable}" is nested too deeply`);
  }
  if (!Array.isArray(value)) {
    for (const inner of Object.values(value)) refuseIn(inner, variable, maxItems, depth + 1);
    return;
  }
  if (value.length > maxItems) {
    const what = `The variable "$${variable}" has a list of too many items`;
    throw limitExceeded('LIST_LIMIT_EXCEEDED', what, maxItems);
  }
  for (const inner of value) refuseIn(inner, variable, maxItems, depth + 1);
}
