/** How long something may be kept, and by whom (RFC 9111, 5.2.2). */
interface Lifetime {
  readonly maxAgeS: number;
  readonly isPrivate: boolean;
}

const NO_STORE = 'no-store';

/**
 * The `cache-control` of an answer that was made of several: kept as long as the shortest-lived of them, privately when one of
 * them is private, and not at all when one of them may not be, or says nothing.
 */
export function strictest(values: readonly (string | undefined)[]): string {
  const lifetimes = values.map(lifetimeOf);
  if (!lifetimes.every((lifetime) => lifetime !== undefined)) return NO_STORE;
  const maxAgeS = Math.min(...lifetimes.map((lifetime) => lifetime.maxAgeS));
  const isPrivate = lifetimes.some((lifetime) => lifetime.isPrivate);
  return `max-age=${maxAgeS}, ${isPrivate ? 'private' : 'public'}`;
}

function lifetimeOf(value: string | undefined): Lifetime | undefined {
  const directives = new Map(
    (value ?? '').split(',').map((directive) => {
      const [name = '', text = ''] = directive.split('=');
      return [name.trim().toLowerCase(), text.trim().replace(/^"|"$/g, '')];
    }),
  );
  const maxAge = directives.get('max-age') ?? '';
  if (directives.has(NO_STORE) || directives.has('no-cache') || !/^\d+$/.test(maxAge)) return;
  return { maxAgeS: Number(maxAge), isPrivate: !directives.has('public') };
}
