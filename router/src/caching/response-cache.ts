import type { Changes } from '../resilience/changes.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Clock } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';
import type { SubgraphRequest, SubgraphTransport } from '../transport/subgraph-transport.ts';
import { CacheRules } from './cache-rules.ts';
import { CacheStatistics } from './cache-statistics.ts';
import { CachedTransport } from './cached-transport.ts';
import { subgraphTag } from './entry-tags.ts';
import { tagsOf, type Invalidation } from './invalidation.ts';
import type { ResponseStore } from './response-store.ts';

export interface ResponseCacheOptions {
  readonly store: ResponseStore;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly log: Logger;
}

/** Answers of subgraphs, kept for as long as the subgraphs say and nothing happens that makes them wrong. */
export class ResponseCache {
  readonly statistics = new CacheStatistics();
  readonly store: ResponseStore;
  /** Of the supergraph that was served last. */
  private rules: CacheRules | undefined;

  constructor(private readonly options: ResponseCacheOptions) {
    this.store = options.store;
  }

  /** The ways to the subgraphs of a supergraph, with the cache in front. */
  around(
    supergraph: Supergraph,
    transports: ReadonlyMap<string, SubgraphTransport>,
  ): ReadonlyMap<string, SubgraphTransport> {
    const rules = new CacheRules(supergraph);
    this.rules = rules;
    return new Map(
      [...transports].map(([name, inner]) => [name, new CachedTransport(name, inner, rules, this)]),
    );
  }

  /**
   * Resolves when nothing of this that was asked for before can be read any more. Rejects with a `StoreUnavailableError`
   * when that is not certain.
   */
  async invalidate(what: readonly Invalidation[]): Promise<void> {
    const { rules } = this;
    if (!rules || what.length === 0) return;
    await this.forget([...new Set(what.flatMap((one) => tagsOf(one, rules)))]);
  }

  /** Something may have changed in a subgraph. Never rejects: the change was made, whatever is known of it. */
  async changed(subgraph: string): Promise<void> {
    try {
      await this.forget([subgraphTag(subgraph)]);
    } catch (err) {
      this.options.log.warn({ err, subgraph }, 'What was cached of a changed subgraph may be old');
    }
  }

  count(subgraph: string, values: readonly unknown[], { cacheUse }: SubgraphRequest): void {
    const misses = values.filter((value) => value === undefined).length;
    const counts = { hits: values.length - misses, misses };
    this.statistics.add(subgraph, counts);
    cacheUse?.add(subgraph, counts);
  }

  private async forget(tags: readonly string[]): Promise<void> {
    await this.store.invalidate(tags);
    this.options.changes.happened();
    this.statistics.invalidations += 1;
  }

  now(): number {
    return this.options.clock.now().getTime();
  }
}
