import { IdColumn, InstantColumn, JsonColumn, KeyColumn, StringColumn } from '@crema/kit';
import { Entity } from 'typeorm';

/** HELD: set aside. REFUSED: there was not enough. CONSUMED: used up. RELEASED: free again, or never taken. */
export type ReservationStatus = 'HELD' | 'REFUSED' | 'CONSUMED' | 'RELEASED';

/** A reservation's whole life. A status with nowhere to go is final. */
const NEXT: Record<ReservationStatus, readonly ReservationStatus[]> = {
  HELD: ['CONSUMED', 'RELEASED'],
  REFUSED: [],
  CONSUMED: [],
  RELEASED: [],
};

export const canBecome = (from: ReservationStatus, to: ReservationStatus): boolean =>
  NEXT[from].includes(to);

export interface ReservedItem {
  readonly ingredientId: string;
  readonly quantityMilli: number;
}

/**
 * What an order has set aside. There is one for every order of which any fact was decided here, also when
 * nothing is held: it is what makes a late or repeated fact change nothing.
 */
@Entity('reservations')
export class Reservation {
  /** The order's id. */
  @KeyColumn()
  id!: string;

  @IdColumn({ name: 'cafe_id' })
  cafeId!: string;

  @StringColumn(20)
  status!: ReservationStatus;

  @JsonColumn()
  items!: readonly ReservedItem[];

  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;

  @InstantColumn({ name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
