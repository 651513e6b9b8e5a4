import { LRUCache } from 'lru-cache';
import type { Count } from './cache.ts';
import type { Clock } from '../clock.ts';

const MOST_COUNTS = 100_000;

/** The counts of this process, bounded. */
export class LocalCounts {
  private readonly counts = new LRUCache<string, Count>({ max: MOST_COUNTS });

  constructor(private readonly clock: Clock) {}

  get(key: string): string | null {
    const known = this.alive(key);
    return known && String(known.count);
  }

  increment(key: string, ttlMs: number): Count {
    const known = this.alive(key);
    const next = known
      ? { ...known, count: known.count + 1 }
      : { count: 1, expiresAt: new Date(this.clock.now().getTime() + ttlMs) };
    this.counts.set(key, next);
    return next;
  }

  /** Takes over what all have counted together; what was counted here meanwhile is in it, or comes on top. */
  learn(key: string, shared: Count): void {
    const known = this.alive(key);
    if (!known || known.count <= shared.count) this.counts.set(key, shared);
  }

  delete(key: string): void {
    this.counts.delete(key);
  }

  private alive(key: string): Count | null {
    const known = this.counts.get(key);
    return known && known.expiresAt > this.clock.now() ? known : null;
  }
}
