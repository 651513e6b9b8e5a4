import {
  BigIntColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  StringColumn,
} from '@crema/kit';
import { Entity } from 'typeorm';

/** Money that the café gives back while the order stands as it is. */
@Entity('order_refunds')
export class OrderRefund {
  @KeyColumn()
  id!: string;

  @IdColumn({ name: 'order_id' })
  orderId!: string;

  @BigIntColumn({ name: 'amount_minor' })
  amountMinor!: number;

  /** The lines that are given back; none when it is for an amount or for all. */
  @JsonColumn({ name: 'line_ids' })
  lineIds!: readonly string[];

  @StringColumn(500)
  reason!: string;

  @IdColumn({ name: 'actor_id' })
  actorId!: string;

  @InstantColumn({ name: 'requested_at' })
  requestedAt!: Date;

  /** When the money was back in the wallet. */
  @InstantColumn({ name: 'arrived_at', nullable: true })
  arrivedAt!: Date | null;
}
