/** How often what a subgraph was asked for was known, part by part, and how often it had to be asked. */
export interface CacheCounts {
  hits: number;
  misses: number;
}

/** What the cache has done since the start. */
export class CacheStatistics {
  private readonly counts = new Map<string, CacheCounts>();
  /** How often something was invalidated, by events, calls and changes. */
  invalidations = 0;

  /** By the name of the subgraph. */
  get bySubgraph(): ReadonlyMap<string, Readonly<CacheCounts>> {
    return this.counts;
  }

  add(subgraph: string, { hits, misses }: CacheCounts): void {
    const counts = this.counts.get(subgraph) ?? { hits: 0, misses: 0 };
    counts.hits += hits;
    counts.misses += misses;
    this.counts.set(subgraph, counts);
  }

  /** As `extensions.cache` tells it. */
  toJSON(): Readonly<Record<string, CacheCounts>> {
    return Object.fromEntries(this.counts);
  }
}
