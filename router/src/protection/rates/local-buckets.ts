import { LRUCache } from 'lru-cache';
import type { Clock } from '../../system/clock.ts';
import type { Charge, Refusal } from './rate-limit.ts';

/** Whoever asked longest ago is forgotten first. */
const MAX_KEYS = 100_000;

/**
 * Leaky buckets of this process. Of each key one number is kept: when all that was taken will have leaked away
 * (the generic cell rate algorithm).
 */
export class LocalBuckets {
  private readonly emptyAt = new LRUCache<string, number>({ max: MAX_KEYS });

  constructor(private readonly clock: Clock) {}

  /** Makes all charges, or none when one is more than its limit leaves. */
  take(charges: readonly Charge[]): Refusal | undefined {
    const now = this.clock.now().getTime();
    const next = charges.map(({ key, limit, units }) => {
      const from = Math.max(this.emptyAt.get(key) ?? now, now);
      return from + (units * limit.periodMs) / limit.count;
    });
    for (const [index, charge] of charges.entries()) {
      const waitMs = (next[index] ?? now) - now - charge.limit.periodMs;
      if (waitMs > 0) return { charge, waitMs };
    }
    for (const [index, { key }] of charges.entries()) this.emptyAt.set(key, next[index] ?? now);
    return undefined;
  }
}
