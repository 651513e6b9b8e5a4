import type { Variables } from '../../execution/conditions.ts';

/** A number that is known from the operation alone, or once its variables are known, too. */
export type Estimate = number | ((variables: Variables) => number);

/** The number, for these variables. */
export const valueOf = (estimate: Estimate, variables: Variables): number =>
  typeof estimate === 'number' ? estimate : estimate(variables);

/** All together, what is known already being added up already. */
export function sum(parts: readonly Estimate[]): Estimate {
  const open = parts.filter((part) => typeof part === 'function');
  let known = 0;
  for (const part of parts) if (typeof part === 'number') known += part;
  const [only] = open;
  if (!only) return known;
  if (open.length === 1 && known === 0) return only;
  return (variables) => open.reduce((total, part) => total + part(variables), known);
}

/** So many times as much. */
export function times(count: Estimate, each: Estimate): Estimate {
  if (typeof count === 'number' && typeof each === 'number') return count * each;
  if (count === 1) return each;
  if (count === 0 || each === 0) return 0;
  return (variables) => valueOf(count, variables) * valueOf(each, variables);
}

/** A cost below nothing would pay for the others. */
export function atLeastZero(estimate: Estimate): Estimate {
  if (typeof estimate === 'number') return Math.max(0, estimate);
  return (variables) => Math.max(0, estimate(variables));
}
