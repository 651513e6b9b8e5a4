import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.ts';
import type { Transaction } from '../database/transaction.ts';
import { placeholders } from '../database/rows.ts';

/** One event that one consumer has applied. */
@Entity('inbox')
export class InboxEntry {
  @PrimaryColumn({ type: 'varchar', length: 100 })
  consumer!: string;

  @PrimaryColumn({ type: 'varchar', length: 64, name: 'event_id' })
  eventId!: string;

  @InstantColumn({ name: 'applied_at' })
  appliedAt!: Date;
}

/** One event for one consumer. */
export interface InboxKey {
  readonly consumer: string;
  readonly eventId: string;
}

/**
 * Records that these events are applied in this transaction, and tells of each whether it is to be: not when
 * it has been before, and of equal ones only the first.
 */
export async function enterInbox(
  tx: Transaction,
  keys: readonly InboxKey[],
  appliedAt: Date,
): Promise<readonly boolean[]> {
  const consumers = [...new Set(keys.map(({ consumer }) => consumer))];
  const eventIds = [...new Set(keys.map(({ eventId }) => eventId))];
  const applied: { consumer: string; event_id: string }[] = await tx.reader.query(
    `SELECT consumer, event_id FROM inbox
     WHERE consumer IN (${placeholders(tx.reader, 0, consumers.length)})
     AND event_id IN (${placeholders(tx.reader, consumers.length, eventIds.length)})`,
    [...consumers, ...eventIds],
  );
  const known = new Set(applied.map(({ consumer, event_id: id }) => `${consumer} ${id}`));
  return keys.map(({ consumer, eventId }) => {
    const key = `${consumer} ${eventId}`;
    if (known.has(key)) return false;
    known.add(key);
    tx.insert(InboxEntry, { consumer, eventId, appliedAt });
    return true;
  });
}
