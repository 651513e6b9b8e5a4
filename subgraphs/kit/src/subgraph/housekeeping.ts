import { LessThan } from 'typeorm';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { IdempotencyKey } from '../database/idempotency.ts';
import { InboxEntry } from '../events/inbox.ts';
import type { Job } from './jobs.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer than any log keeps an event for a group that is behind. */
const INBOX_DAYS = 90;
/** Longer than any client repeats a request. */
const KEY_DAYS = 7;

/** Forgets what no repetition can ask for any more. */
export const housekeeping = (database: Database, clock: Clock): Job => ({
  name: 'kit.housekeeping',
  everyMs: HOUR_MS,
  async run() {
    const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY_MS);
    await database.transaction(async (tx) => {
      const manager = await tx.direct();
      await manager.delete(InboxEntry, { appliedAt: LessThan(daysAgo(INBOX_DAYS)) });
      await manager.delete(IdempotencyKey, { createdAt: LessThan(daysAgo(KEY_DAYS)) });
    });
  },
});
