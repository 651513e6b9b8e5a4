import { LRUCache } from 'lru-cache';
import type { Clock } from '../system/clock.ts';
import type { Lookup, Moment, ResponseStore, StoredAnswer } from './response-store.ts';

interface Entry {
  readonly value: unknown;
  readonly tags: readonly string[];
  readonly bytes: number;
  readonly since: number;
  readonly expiresAt: number;
  /** Up to which invalidation it is known to count. */
  checked: number;
}

export interface MemoryStoreOptions {
  readonly clock: Clock;
  /** How much is kept, by the length of keys, tags and values as UTF-8 JSON; what was used longest ago goes first. */
  readonly maxBytes: number;
  /** So many invalidated tags are remembered; beyond that everything is forgotten at once. Default: 100,000. */
  readonly maxTags?: number;
}

/** Answers in this process. */
export class MemoryStore implements ResponseStore {
  private readonly entries: LRUCache<string, Entry>;
  private readonly invalidated = new Map<string, number>();
  /** How often something was invalidated. */
  private count = 0;
  /** What is older does not count, whatever its tags are. */
  private floor = 0;

  constructor(private readonly options: MemoryStoreOptions) {
    const { maxBytes } = options;
    this.entries = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  read(keys: readonly string[]): Lookup {
    return { moment: String(this.count), values: keys.map((key) => this.valueOf(key)) };
  }

  write(moment: Moment, answers: readonly StoredAnswer[]): void {
    const since = Number(moment);
    const now = this.options.clock.now().getTime();
    for (const { key, value, tags, ttlMs } of answers) {
      const bytes = Buffer.byteLength(JSON.stringify([key, tags, value]));
      this.entries.set(key, { value, tags, bytes, since, expiresAt: now + ttlMs, checked: since });
    }
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    this.count += 1;
    for (const tag of tags) this.invalidated.set(tag, this.count);
    if (this.invalidated.size <= (this.options.maxTags ?? 100_000)) return;
    this.invalidated.clear();
    this.entries.clear();
    this.floor = this.count;
  }

  private valueOf(key: string): unknown {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (this.counts(entry)) return entry.value;
    this.entries.delete(key);
    return undefined;
  }

  private counts(entry: Entry): boolean {
    if (entry.expiresAt <= this.options.clock.now().getTime()) return false;
    if (entry.checked === this.count) return true;
    if (entry.since < this.floor) return false;
    if (entry.tags.some((tag) => (this.invalidated.get(tag) ?? 0) > entry.since)) return false;
    entry.checked = this.count;
    return true;
  }
}
