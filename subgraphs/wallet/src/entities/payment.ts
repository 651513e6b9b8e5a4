import { BigIntColumn, IdColumn, InstantColumn, StringColumn } from '@crema/kit';
import { Entity, PrimaryColumn } from 'typeorm';

export type PaymentStatus = keyof typeof NEXT;

/** A payment's whole life. A status with nowhere to go is final. */
const NEXT = {
  /** The order's money is set aside in the wallet. */
  HELD: ['CAPTURED', 'RELEASED'],
  /** The café has the money, or what refunds in part have left of it. */
  CAPTURED: ['REFUNDED'],
  RELEASED: [],
  /** All of it was given back. */
  REFUNDED: [],
  /** The wallet did not hold enough. */
  REFUSED: [],
  /** The order ended before payment was due; it is not taken any more. */
  CLOSED: [],
} as const satisfies Record<string, readonly string[]>;

/** What an order's customer paid, or will not. One per order. */
@Entity('payments')
export class Payment {
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'order_id' })
  orderId!: string;

  /** What customers call the order. */
  @StringColumn(50, { name: 'order_number' })
  orderNumber!: string;

  @IdColumn({ name: 'customer_id' })
  customerId!: string;

  @IdColumn({ name: 'wallet_id' })
  walletId!: string;

  @IdColumn({ name: 'cafe_id' })
  cafeId!: string;

  @StringColumn(10)
  status!: PaymentStatus;

  @StringColumn(3)
  currency!: string;

  @BigIntColumn({ name: 'total_minor' })
  totalMinor!: number;

  @BigIntColumn({ name: 'refunded_minor' })
  refundedMinor!: number;

  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;

  @InstantColumn({ name: 'updated_at' })
  updatedAt!: Date;

  get refundableMinor(): number {
    return this.totalMinor - this.refundedMinor;
  }

  can(status: PaymentStatus): boolean {
    return (NEXT[this.status] as readonly PaymentStatus[]).includes(status);
  }

  become(status: PaymentStatus, now: Date): void {
    if (!this.can(status)) {
      throw new Error(`the payment of ${this.orderId} is ${this.status}, not to be ${status}`);
    }
    this.status = status;
    this.updatedAt = now;
  }
}
