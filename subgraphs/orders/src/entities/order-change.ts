import { IdColumn, InstantColumn, IntColumn, StringColumn, TextColumn } from '@crema/kit';
import { Entity, PrimaryColumn } from 'typeorm';
import type { OrderStatus } from './order-status.ts';

/**
 * One step of one order: its timeline, and what live updates are resumed from. Positions rise without a gap
 * per café, in the order of commits.
 */
@Entity('order_changes')
export class OrderChange {
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'cafe_id' })
  cafeId!: string;

  @PrimaryColumn({ type: 'bigint', transformer: { to: (value: number) => value, from: Number } })
  position!: number;

  @IdColumn({ name: 'order_id' })
  orderId!: string;

  /** The order's version from this change on. */
  @IntColumn()
  version!: number;

  @StringColumn(20)
  status!: OrderStatus;

  /** Null for the first; the same as `status` when a pickup order's time on the queue has come. */
  @StringColumn(20, { name: 'previous_status', nullable: true })
  previousStatus!: OrderStatus | null;

  @InstantColumn({ name: 'changed_at' })
  at!: Date;

  @IdColumn({ name: 'actor_id', nullable: true })
  actorId!: string | null;

  @TextColumn({ nullable: true })
  reason!: string | null;
}
