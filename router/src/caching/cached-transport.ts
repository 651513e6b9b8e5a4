import { LRUCache } from 'lru-cache';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import { cachePolicyOf, remainingOf, type CachePolicy, type Lifetime } from './cache-control.ts';
import { CachedEntities } from './cached-entities.ts';
import { CachedRoot } from './cached-root.ts';
import type { CacheRules } from './cache-rules.ts';
import { EntryTags } from './entry-tags.ts';
import { readFetchedOperation, type FetchedOperation } from './fetched-operation.ts';
import { RequestScope } from './request-scope.ts';
import type { PartedRequest } from './parted-request.ts';
import type { ResponseCache } from './response-cache.ts';
import type { Lookup, StoredAnswer } from './response-store.ts';

interface KnownOperation {
  readonly operation: FetchedOperation;
  /** Whether the last answer could be kept. Where none ever can, looking is in vain. */
  isKept: boolean;
}

/** What is kept of an answer: a part of it, and how long it is good for whom. */
interface Kept extends Lifetime {
  readonly value: unknown;
}

const MAX_OPERATIONS = 4_000;

/** The way to a subgraph, and past it where the answer is known. */
export class CachedTransport implements SubgraphTransport {
  private readonly operations = new LRUCache<string, KnownOperation>({ max: MAX_OPERATIONS });
  private readonly tags: EntryTags;

  constructor(
    private readonly subgraph: string,
    private readonly inner: SubgraphTransport,
    private readonly rules: CacheRules,
    private readonly cache: ResponseCache,
  ) {
    this.tags = new EntryTags(rules, subgraph);
  }

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const known = this.known(request.query);
    if (known.operation.kind === 'change') return this.change(request);
    const parted = partedRequest(known.operation, request, this.tags);
    if (!parted) return this.inner.execute(request);
    const scope = new RequestScope(request.headers);
    const keys = parted.parts.flatMap(({ asked }) => scope.keysOf(asked));
    const lookup = known.isKept ? await this.cache.store.read(keys) : undefined;
    const kept = parted.parts.map((_, at) => foundIn(lookup, at));
    const values = kept.map((one) => one?.value);
    this.cache.count(this.subgraph, values, request);

    const missing = parted.without(values);
    if (!missing) return this.dated(parted.answer(values, undefined), kept);
    const startedAt = this.cache.now();
    const told = await this.inner.execute({ ...missing, freshness: lookup?.moment });
    const policy = cachePolicyOf(told);
    const lifetime = policy && lifetimeFrom(startedAt, policy);
    // A cookie is set once, by the answer that it came with.
    const mayBeKept = told.headers?.['set-cookie'] === undefined;
    const answers =
      mayBeKept && lifetime
        ? this.answersToKeep(scope, parted, values, told, policy, lifetime)
        : undefined;
    known.isKept = answers !== undefined;
    if (lookup && answers && answers.length > 0)
      void this.cache.store.write(lookup.moment, answers);
    return this.dated(parted.answer(values, told), [...kept.filter(Boolean), lifetime]);
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return this.inner.subscribe(request);
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }

  /** Whoever changes something sees it from the answer on; so does everybody else who asks after it. */
  private async change(request: SubgraphRequest): Promise<SubgraphResponse> {
    try {
      return await this.inner.execute(request);
    } finally {
      await this.cache.changed(this.subgraph);
    }
  }

  /** An answer says for how long it may be kept as a whole, and for whom, whenever its parts were asked for. */
  private dated(
    answer: SubgraphResponse,
    lifetimes: readonly (Lifetime | undefined)[],
  ): SubgraphResponse {
    const remaining = remainingOf(lifetimes, this.cache.now());
    const vary = new Set(lifetimes.flatMap((lifetime) => lifetime?.vary ?? []));
    const headers = {
      ...answer.headers,
      'cache-control': remaining,
      ...(vary.size > 0 && { vary: [...vary].join(', ') }),
    };
    // The cache may hold it from now on.
    return { ...answer, headers, isUnshared: undefined };
  }

  private answersToKeep(
    scope: RequestScope,
    parted: PartedRequest,
    values: readonly unknown[],
    told: SubgraphResponse,
    policy: CachePolicy,
    lifetime: Lifetime,
  ): StoredAnswer[] {
    const ttlMs = lifetime.untilMs - this.cache.now();
    if (ttlMs <= 0) return [];
    return parted.told(values, told).flatMap(({ asked, value, tags }) => {
      const key = scope.keyFor(asked, policy);
      const kept: Kept = { ...lifetime, value };
      return key === undefined ? [] : [{ key, value: kept, tags, ttlMs }];
    });
  }

  private known(query: string): KnownOperation {
    let known = this.operations.get(query);
    if (!known) {
      const operation = readFetchedOperation(query, this.subgraph, this.rules);
      this.operations.set(query, (known = { operation, isKept: true }));
    }
    return known;
  }
}

function partedRequest(
  operation: Exclude<FetchedOperation, { kind: 'change' }>,
  request: SubgraphRequest,
  tags: EntryTags,
): PartedRequest | undefined {
  if (operation.kind === 'root') return new CachedRoot(operation, request, tags);
  return CachedEntities.read(operation.batches, request, tags);
}

/** What everybody may see, else what this caller may. */
function foundIn(lookup: Lookup | undefined, part: number): Kept | undefined {
  return (lookup?.values[2 * part] ?? lookup?.values[2 * part + 1]) as Kept | undefined;
}

/** Counted from when it was asked for: an answer is at least as old as it was long under way. */
const lifetimeFrom = (askedAtMs: number, { maxAgeMs, scope, vary }: CachePolicy): Lifetime => ({
  untilMs: askedAtMs + maxAgeMs,
  isPrivate: scope !== 'public',
  ...(vary.length > 0 && { vary }),
});
