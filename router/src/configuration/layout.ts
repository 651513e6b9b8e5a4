import { namesOf } from '@crema/config';
import type { z } from 'zod';

/** Where settings stand in router.yaml: those whose names begin alike in a group, without that beginning, and some others by name. */
const GROUPS: readonly {
  group: string;
  prefix?: RegExp;
  names?: Readonly<Record<string, string>>;
}[] = [
  {
    group: 'limits',
    prefix: /^MAX_/,
    names: { ASSUMED_LIST_SIZE: 'assumedListSize', REQUEST_TIMEOUT_MS: 'requestTimeoutMs' },
  },
  { group: 'rates', prefix: /^RATE_/ },
  { group: 'jwt', prefix: /^JWT_/, names: { JWKS_URL: 'jwksUrl' } },
  { group: 'reload', prefix: /^RELOAD_/ },
  { group: 'cache', prefix: /^(RESPONSE_)?CACHE_/, names: { RESPONSE_CACHE: 'responses' } },
  { group: 'metrics', prefix: /^METRICS_/ },
  { group: 'invalidation', prefix: /^INVALIDATION_/ },
  { group: 'subscriptions', prefix: /^SUBSCRIPTIONS?_/, names: { PUBLIC_SUBSCRIPTIONS: 'public' } },
  { group: 'allSubgraphs', prefix: /^SUBGRAPH_/ },
];

/** The key of a setting in router.yaml, within its group if it has one. */
export function keyPathOf(setting: string): readonly string[] {
  for (const { group, prefix, names } of GROUPS) {
    const named = names?.[setting];
    if (named) return [group, named];
    if (prefix?.test(setting)) return [group, camelCase(setting.replace(prefix, ''))];
  }
  return [camelCase(setting)];
}

/** The settings of a shape by their keys: a name, or a group of them. */
export type Layout = ReadonlyMap<string, string | ReadonlyMap<string, string>>;

/** How router.yaml is laid out, for these settings. */
export function layoutOf(shape: z.ZodObject): Layout {
  const layout = new Map<string, string | Map<string, string>>();
  for (const setting of namesOf([shape])) {
    const [first = '', second] = keyPathOf(setting);
    if (second === undefined) layout.set(first, setting);
    else {
      const group = layout.get(first) ?? new Map<string, string>();
      if (typeof group === 'string') throw new Error(`${first} is a setting and a group`);
      layout.set(first, group.set(second, setting));
    }
  }
  return layout;
}

const camelCase = (name: string): string =>
  name.toLowerCase().replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
