import { directivesIn, secondsIn } from '../caching/cache-control.ts';

/** How long something may be kept, and by whom (RFC 9111, 5.2.2). */
interface Lifetime {
  readonly maxAgeS: number;
  readonly isPrivate: boolean;
}

const NO_STORE = 'no-store';

/**
 * The `cache-control` of an answer that was made of several: kept as long as the shortest-lived of them, privately when one of
 * them is private or the answer is for one client, and not at all when one of them may not be, or says nothing.
 */
export function strictest(values: readonly (string | undefined)[], isForOne: boolean): string {
  const lifetimes = values.map(lifetimeOf);
  if (!lifetimes.every((lifetime) => lifetime !== undefined)) return NO_STORE;
  const maxAgeS = Math.min(...lifetimes.map((lifetime) => lifetime.maxAgeS));
  const isPrivate = isForOne || lifetimes.some((lifetime) => lifetime.isPrivate);
  return `max-age=${maxAgeS}, ${isPrivate ? 'private' : 'public'}`;
}

function lifetimeOf(value = ''): Lifetime | undefined {
  const said = directivesIn(value);
  const maxAgeS = secondsIn(said.get('max-age'));
  if (said.has(NO_STORE) || said.has('no-cache') || maxAgeS === undefined) return undefined;
  return { maxAgeS, isPrivate: !said.has('public') };
}
