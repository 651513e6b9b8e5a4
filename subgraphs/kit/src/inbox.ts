import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from './columns.ts';
import type { Transaction } from './transaction.ts';
import { placeholders } from './rows.ts';

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

/**
 * Records that this consumer applies these events in this transaction, and tells which of them it has
 * not applied before, each once.
 */
export async function enterInbox(
  tx: Transaction,
  consumer: string,
  eventIds: readonly string[],
  appliedAt: Date,
): Promise<ReadonlySet<string>> {
  const fresh = new Set(eventIds);
  const applied: { event_id: string }[] = await tx.manager.query(
    `SELECT event_id FROM inbox WHERE consumer = ${placeholders(tx.manager, 0, 1)}
     AND event_id IN (${placeholders(tx.manager, 1, fresh.size)})`,
    [consumer, ...fresh],
  );
  for (const { event_id: eventId } of applied) fresh.delete(eventId);
  tx.insert(InboxEntry, ...[...fresh].map((eventId) => ({ consumer, eventId, appliedAt })));
  return fresh;
}
