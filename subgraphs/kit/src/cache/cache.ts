import { createMemoryCache } from './cache-memory.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** Remembers for a while. Everything in it can be lost at any time without harm. */
export interface Cache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Sets only what is not there: who has read the truth a moment ago does not overwrite who has changed it since. */
  add(key: string, value: string, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Adds one and returns the count; the first one starts the time that the count lives. */
  increment(key: string, ttlMs: number): Promise<Count>;
  close(): Promise<void>;
}

export interface Count {
  readonly count: number;
  readonly expiresAt: Date;
}

export interface CacheOptions {
  /** `memory:` in this process alone, `redis://` or `rediss://` for all replicas together. */
  url: string;
  clock: Clock;
  log: Logger;
  /** Before every key in a server that others use, too. */
  prefix?: string;
  /** How long a call to a server may take; a quarter of a second unless told. */
  callMs?: number;
}

/** Opens the cache of a URL without waiting for a server. Rejects when no cache has such a URL. */
export async function openCache(options: CacheOptions): Promise<Cache> {
  const scheme = options.url.split(':')[0]!;
  switch (scheme) {
    case 'memory':
      return createMemoryCache(options.clock);
    case 'redis':
    case 'rediss':
      // Loaded where it is used only.
      return (await import('./cache-redis.ts')).openRedisCache(options);
    default:
      throw new Error(`${scheme}: is no cache URL; use memory: or redis://HOST:PORT`);
  }
}
