import { LRUCache } from 'lru-cache';
import type { Cache } from './cache.ts';
import type { Clock } from '../clock.ts';

const MOST_ENTRIES = 100_000;

/** A cache in this process, bounded. */
export function createMemoryCache(clock: Clock): Cache {
  const entries = new LRUCache<string, { value: string; expiresAt: number }>({ max: MOST_ENTRIES });
  const nowMs = () => clock.now().getTime();
  const alive = (key: string) => {
    const entry = entries.get(key);
    return entry && entry.expiresAt > nowMs() ? entry : null;
  };
  return {
    get: async (key) => alive(key)?.value ?? null,
    set: async (key, value, ttlMs) => {
      entries.set(key, { value, expiresAt: nowMs() + ttlMs });
    },
    add: async (key, value, ttlMs) => {
      if (!alive(key)) entries.set(key, { value, expiresAt: nowMs() + ttlMs });
    },
    delete: async (key) => {
      entries.delete(key);
    },
    increment: async (key, ttlMs) => {
      const entry = alive(key) ?? { value: '0', expiresAt: nowMs() + ttlMs };
      const count = Number(entry.value) + 1;
      entries.set(key, { ...entry, value: String(count) });
      return { count, expiresAt: new Date(entry.expiresAt) };
    },
    close: async () => entries.clear(),
  };
}
