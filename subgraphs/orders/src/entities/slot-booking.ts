import { IdColumn, InstantColumn, IntColumn } from '@crema/kit';
import { Entity, PrimaryColumn } from 'typeorm';

/** How many orders a café has for one pickup slot. */
@Entity('slot_bookings')
export class SlotBooking {
  /** `<café>:<epoch seconds of its start>` */
  @PrimaryColumn({ type: 'varchar', length: 100 })
  id!: string;

  @IdColumn({ name: 'cafe_id' })
  cafeId!: string;

  @InstantColumn({ name: 'starts_at' })
  startsAt!: Date;

  @IntColumn()
  taken!: number;

  /** How many pieces these orders have together. */
  @IntColumn()
  items!: number;
}
