import type { EventLog } from '../events/event-log.ts';

/** The log as somebody sees it who is killed before anything reaches it. */
export const takesNothing = (events: EventLog): EventLog =>
  Object.assign(Object.create(events) as EventLog, {
    append: () => Promise.reject(new Error('killed')),
  });
