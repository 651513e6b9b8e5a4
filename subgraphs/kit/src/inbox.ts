import { Entity, In, PrimaryColumn } from 'typeorm';
import { InstantColumn } from './columns.ts';
import type { Transaction } from './database.ts';

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
  const applied = await tx.manager.find(InboxEntry, {
    where: { consumer, eventId: In([...fresh]) },
  });
  for (const { eventId } of applied) fresh.delete(eventId);
  await tx.insert(InboxEntry, ...[...fresh].map((eventId) => ({ consumer, eventId, appliedAt })));
  return fresh;
}
