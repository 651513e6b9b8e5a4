import { Entity, PrimaryGeneratedColumn, type EntityManager } from 'typeorm';
import { IdColumn, IntColumn, StringColumn, TextColumn } from '../database/columns.ts';
import type { StoredEvent } from './event-contract.ts';
import { placeholders } from '../database/rows.ts';

/** A fact that is committed and not yet in the event log. */
@Entity('outbox')
export class OutboxEntry {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  position?: number;

  @IdColumn()
  id!: string;

  @StringColumn(100)
  type!: string;

  @IntColumn()
  version!: number;

  @StringColumn(100)
  topic!: string;

  @StringColumn(150, { name: 'aggregate_key' })
  key!: string;

  @StringColumn(50)
  source!: string;

  @StringColumn(30, { name: 'occurred_at' })
  time!: string;

  @TextColumn()
  data!: string;
}

/** The row of a fact; its position is the database's to give. */
export const outboxEntry = (event: StoredEvent): OutboxEntry =>
  Object.assign(new OutboxEntry(), event, { data: JSON.stringify(event.data) });

/** The facts of one database that are committed and not yet in the event log. */
export interface Outbox {
  /**
   * Hands the oldest facts, at most `limit`, to `carry` and forgets them once it resolves. When it fails, or the
   * process ends, they come again. Each aggregate's facts come in the order in which they were committed, and
   * nobody else carries at the same time. Gives how many there were.
   */
  take(limit: number, carry: (events: readonly StoredEvent[]) => Promise<void>): Promise<number>;
  /** When the oldest fact was published that nobody has carried yet; null when none waits. */
  waitingSince(): Promise<Date | null>;
  /** Removes what is forgotten and still stored. */
  clear(): Promise<void>;
}

export interface PendingEvent {
  readonly position: number;
  readonly event: StoredEvent;
}

/** What waits after a position, oldest first. Every commit asks this; hence no query builder. */
export async function readOutbox(
  manager: EntityManager,
  after: number,
  limit: number,
): Promise<PendingEvent[]> {
  const rows: (Record<string, string> & { position: number | string; version: number })[] =
    await manager.query(
      `SELECT position, id, type, version, topic, aggregate_key, source, occurred_at, data FROM outbox
       WHERE position > ${placeholders(manager, 0, 1)} ORDER BY position LIMIT ${limit}`,
      [after],
    );
  return rows.map(
    ({ position, version, aggregate_key: key, occurred_at: time, data, ...rest }) => ({
      position: Number(position),
      event: {
        id: rest['id']!,
        type: rest['type']!,
        version,
        topic: rest['topic']!,
        key: key!,
        source: rest['source']!,
        time: time!,
        data: JSON.parse(data!),
      },
    }),
  );
}

/** When the first fact after a position was published; null where there is none. */
export async function readOldest(manager: EntityManager, after: number): Promise<Date | null> {
  const [oldest]: { occurred_at: string }[] = await manager.query(
    `SELECT occurred_at FROM outbox WHERE position > ${placeholders(manager, 0, 1)} ORDER BY position LIMIT 1`,
    [after],
  );
  return oldest ? new Date(oldest.occurred_at) : null;
}
