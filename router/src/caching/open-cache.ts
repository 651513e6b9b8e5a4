import type { Changes } from '../resilience/changes.ts';
import type { Clock, Timers } from '../system/clock.ts';
import type { Ids } from '../system/ids.ts';
import type { Logger } from '../system/logger.ts';
import type { Route } from '../transport/in/http-server.ts';
import { invalidateOn, type InvalidationEvents } from './invalidation-events.ts';
import { invalidationRoute } from './invalidation-route.ts';
import { MemoryStore } from './memory-store.ts';
import type { RedisServer } from './redis-server.ts';
import { RedisStore } from './redis-store.ts';
import { ResponseCache } from './response-cache.ts';

/** How answers of subgraphs are cached: in the router's Redis, or in memory where it has none. */
export interface CacheOptions {
  /** How much is kept in memory, by the length of the answers as UTF-8. Default: 64 MiB. */
  readonly maxBytes?: number;
  /** Whether `extensions.cache` of answers tells what came from the cache. Default: in development. */
  readonly isTold?: boolean | undefined;
  /** Whoever has it may `POST /cache/invalidate`. Default: nobody may. */
  readonly invalidationToken?: string | undefined;
  /** Events that make cached answers old. Default: none. */
  readonly events?: InvalidationEvents | undefined;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** A cache that is told what happens, until it is closed. */
export interface OpenCache {
  readonly cache: ResponseCache;
  readonly routes: readonly Route[];
  close(): Promise<void>;
}

export interface OpenCacheSurroundings {
  readonly redis: RedisServer | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  /** Is told of invalidations, so that nobody joins a question from before. */
  readonly changes: Changes;
  readonly log: Logger;
}

/** Resolves when events are told, so that what is cached from then on is known to become old. */
export async function openCache(
  { maxBytes = DEFAULT_MAX_BYTES, invalidationToken: token, events }: CacheOptions,
  { redis, clock, timers, ids, changes, log }: OpenCacheSurroundings,
): Promise<OpenCache> {
  const store = redis ? new RedisStore(redis, ids) : new MemoryStore({ clock, maxBytes });
  const cache = new ResponseCache({ store, clock, changes, log });
  const stop = events && (await invalidateOn(events, cache, { timers, log }));
  return {
    cache,
    routes: token === undefined ? [] : [invalidationRoute(cache, token)],
    close: async () => stop?.(),
  };
}
