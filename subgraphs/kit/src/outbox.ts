import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, IntColumn, StringColumn, TextColumn } from './columns.ts';
import type { StoredEvent } from './event-contract.ts';

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

export const storedEvent = ({ position: _, data, ...event }: OutboxEntry): StoredEvent => ({
  ...event,
  data: JSON.parse(data),
});
