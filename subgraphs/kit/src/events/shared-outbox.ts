import type { DataSource } from 'typeorm';
import type { StoredEvent } from './event-contract.ts';
import { readOldest, readOutbox, type Outbox } from './outbox.ts';
import { placeholders } from '../database/rows.ts';
import { locked, type ServerEngine } from '../database/server-engine.ts';

const LOCK = 'outbox';

/**
 * An outbox that several processes fill and empty. Why no aggregate's facts change places:
 *
 * - Positions are given when a row is inserted and seen when it is committed, so a lower one may appear after a
 *   higher one. Hence no position is remembered: every time the lowest rows that are there are read, and what
 *   was carried is deleted.
 * - Two facts of one aggregate are never in flight at once: who publishes one has locked the aggregate's row, or
 *   is about to insert it, and a second transaction inserts its facts after it has got that lock, that is after
 *   the first was committed. So the later fact has the higher position, and who sees it sees the earlier.
 * - One process carries at a time, by an advisory lock. The others wait for their turn instead of leaving it
 *   to the first, since that one may have read before their facts were committed. Should the lock be lost
 *   with its connection, what was carried halfway is carried again from its beginning, in order, and consumers
 *   know each fact by its id.
 *
 * Skipping locked rows instead would let a second process overtake the first within an aggregate.
 */
export class SharedOutbox implements Outbox {
  constructor(private readonly at: { source: DataSource; engine: ServerEngine }) {}

  async take(
    limit: number,
    carry: (events: readonly StoredEvent[]) => Promise<void>,
  ): Promise<number> {
    const taken = await locked(this.at, LOCK, 1, async (connection) => {
      const pending = await readOutbox(connection.manager, 0, limit);
      if (pending.length === 0) return 0;
      await carry(pending.map(({ event }) => event));
      const positions = pending.map(({ position }) => position);
      await connection.query(
        `DELETE FROM outbox WHERE position IN (${placeholders(connection.manager, 0, positions.length)})`,
        positions,
      );
      return pending.length;
    });
    return taken?.result ?? 0;
  }

  waitingSince(): Promise<Date | null> {
    return readOldest(this.at.source.manager, 0);
  }

  /** Nothing is kept here longer than needed. */
  async clear(): Promise<void> {}
}
