import type { Timers } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';
import type { Invalidation } from './invalidation.ts';
import type { ResponseCache } from './response-cache.ts';

/** Makes old what an event has changed. Rejects while that is not certain: tell the event again. */
export type Invalidate = (what: readonly Invalidation[]) => Promise<void>;

/** Where events come from that make cached answers old. */
export interface InvalidationEvents {
  /** Resolves once events are told; what it resolves with ends that. */
  listen(invalidate: Invalidate): Promise<() => Promise<void>>;
}

/**
 * An event may be here before all instances of its subgraph, or others that learn of it, answer accordingly. What they told in
 * between is made old, too, in time for a change to be seen by everybody within a second.
 */
const AGAIN_AFTER_MS = 750;

export interface ListeningOptions {
  readonly timers: Timers;
  readonly log: Logger;
}

/** Invalidates what events concern, until the returned function is called. */
export function invalidateOn(
  events: InvalidationEvents,
  cache: ResponseCache,
  { timers, log }: ListeningOptions,
): Promise<() => Promise<void>> {
  return events.listen(async (what) => {
    await cache.invalidate(what);
    timers.after(AGAIN_AFTER_MS, () => {
      cache
        .invalidate(what)
        .catch((err: unknown) => log.warn({ err }, 'What is cached may be older than an event'));
    });
  });
}
