import type { SubgraphResponse } from '../transport/subgraph-transport.ts';

/** For how long an answer may be kept, and for whom. */
export interface CachePolicy {
  /** `unsaid` is for whoever asks with the same rights. */
  readonly scope: 'public' | 'private' | 'unsaid';
  readonly maxAgeMs: number;
  /** Names of request headers that the answer depends on, in lower case. */
  readonly vary: readonly string[];
}

/** Until when something may be kept, and whether by its caller alone. */
export interface Lifetime {
  /** In milliseconds since 1970. */
  readonly untilMs: number;
  readonly isPrivate: boolean;
  /** What the answer that it is of depends on, as `CachePolicy` says it. */
  readonly vary?: readonly string[];
}

/** Longer than this nothing is kept: a year, as RFC 9111 takes for ever. */
const LONGEST_S = 31_536_000;

/**
 * What the headers of an answer say about keeping it, by RFC 9111: undefined when it may not be kept, or nothing says for how long.
 * What is `public` is kept for `s-maxage`, as in any shared cache; what is kept for one caller is not.
 */
export function cachePolicyOf({ headers = {} }: SubgraphResponse): CachePolicy | undefined {
  const said = directivesIn(textOf(headers['cache-control']));
  if (said.has('no-store') || said.has('no-cache')) return undefined;
  const scope = said.has('private') ? 'private' : said.has('public') ? 'public' : 'unsaid';
  const shared = scope === 'public' ? secondsIn(said.get('s-maxage')) : undefined;
  const maxAge = shared ?? secondsIn(said.get('max-age')) ?? 0;
  const age = secondsIn(textOf(headers['age'])) ?? 0;
  const maxAgeMs = (Math.min(maxAge, LONGEST_S) - age) * 1_000;
  return maxAgeMs > 0 ? { scope, maxAgeMs, vary: namesIn(textOf(headers['vary'])) } : undefined;
}

/**
 * The `cache-control` of an answer whose parts live so long: what is left to the one that lives shortest, for its caller alone when
 * one of them is. Nothing keeps it when one of them may not be kept.
 */
export function remainingOf(parts: readonly (Lifetime | undefined)[], nowMs: number): string {
  if (parts.length === 0 || !parts.every((part) => part !== undefined)) return 'no-store';
  const untilMs = Math.min(...parts.map((part) => part.untilMs));
  const leftS = Math.max(0, Math.floor((untilMs - nowMs) / 1_000));
  return `max-age=${leftS}, ${parts.some((part) => part.isPrivate) ? 'private' : 'public'}`;
}

type Header = string | readonly string[] | undefined;

const textOf = (header: Header): string =>
  typeof header === 'string' ? header : (header ?? []).join(',');

/** What a header lists, in lower case. */
export const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);

/** What a `cache-control` says: each directive in lower case, with its value or ''. */
export function directivesIn(text: string): ReadonlyMap<string, string> {
  return new Map(
    namesIn(text).map((directive) => {
      const [name = '', value = ''] = directive.split('=', 2);
      return [name.trim(), value.trim().replace(/^"(.*)"$/, '$1')];
    }),
  );
}

/** A time of a header, by its digits; undefined for everything else. */
export const secondsIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
