import type { StoredEvent } from '../events/event-contract.ts';
import type { LoggedEvent } from '../events/event-log.ts';
import { stableId } from '../ids.ts';

let made = 0;

/** An event like no other. */
export const eventOf = (key: string, data: unknown, topic = 'tests.things'): StoredEvent => ({
  id: stableId(`event ${made++}`),
  type: 'tests.thing.happened',
  version: 1,
  topic,
  key,
  source: 'tests',
  time: '2026-03-02T15:00:00.000Z',
  data,
});

/** Collects what a group is given, and tells when there is enough of it. */
export function collector() {
  const seen: LoggedEvent[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    seen,
    handle: async (events: readonly LoggedEvent[]) => {
      seen.push(...events);
      for (const { count, resolve } of waiting) if (seen.length >= count) resolve();
    },
    reaches: (count: number) =>
      new Promise<void>((resolve) => {
        if (seen.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}
