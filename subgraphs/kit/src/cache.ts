import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.ts';

/** Remembers for a while. Everything in it can be lost at any time without harm. */
export interface Cache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Adds one and returns the count; the first one starts the time that the count lives. */
  increment(key: string, ttlMs: number): Promise<{ count: number; expiresAt: Date }>;
  close(): Promise<void>;
}

const MOST_ENTRIES = 100_000;

/** A cache in this process, bounded. */
export function createMemoryCache(clock: Clock): Cache {
  const entries = new LRUCache<string, { value: string; expiresAt: number }>({ max: MOST_ENTRIES });
  const alive = (key: string) => {
    const entry = entries.get(key);
    return entry && entry.expiresAt > clock.now().getTime() ? entry : null;
  };
  return {
    get: async (key) => alive(key)?.value ?? null,
    set: async (key, value, ttlMs) => {
      entries.set(key, { value, expiresAt: clock.now().getTime() + ttlMs });
    },
    delete: async (key) => {
      entries.delete(key);
    },
    increment: async (key, ttlMs) => {
      const entry = alive(key) ?? { value: '0', expiresAt: clock.now().getTime() + ttlMs };
      const count = Number(entry.value) + 1;
      entries.set(key, { ...entry, value: String(count) });
      return { count, expiresAt: new Date(entry.expiresAt) };
    },
    close: async () => entries.clear(),
  };
}
