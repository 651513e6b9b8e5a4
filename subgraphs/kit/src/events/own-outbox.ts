import { LessThanOrEqual } from 'typeorm';
import type { Database } from '../database/database.ts';
import type { StoredEvent } from './event-contract.ts';
import { OutboxEntry, readOldest, readOutbox, type Outbox } from './outbox.ts';

/** Rows that are in the log are removed together; until then a crash repeats them, and the log knows them. */
const CLEAR_AFTER = 200;

/**
 * The outbox of a database that one process writes, one transaction after the other: positions are seen in
 * their order, so that the last one carried is all there is to remember.
 */
export class OwnOutbox implements Outbox {
  private carried = 0;
  private cleared = 0;

  constructor(private readonly database: Pick<Database, 'read' | 'transaction'>) {}

  async take(
    limit: number,
    carry: (events: readonly StoredEvent[]) => Promise<void>,
  ): Promise<number> {
    const pending = await readOutbox(this.database.read, this.carried, limit);
    if (pending.length > 0) {
      await carry(pending.map(({ event }) => event));
      this.carried = pending.at(-1)!.position;
    }
    if (this.carried - this.cleared >= CLEAR_AFTER) await this.clear();
    return pending.length;
  }

  waitingSince(): Promise<Date | null> {
    return readOldest(this.database.read, this.carried);
  }

  async clear(): Promise<void> {
    const { carried } = this;
    if (carried === this.cleared) return;
    await this.database.transaction(async (tx) => {
      await (await tx.direct()).delete(OutboxEntry, { position: LessThanOrEqual(carried) });
    });
    this.cleared = carried;
  }
}
