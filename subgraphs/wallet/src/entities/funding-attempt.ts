import { BigIntColumn, IdColumn, InstantColumn, KeyColumn, StringColumn } from '@crema/kit';
import { Entity } from 'typeorm';

export type FundingKind = 'DEPOSIT' | 'WITHDRAWAL';

export type FundingStatus = keyof typeof NEXT;

/** An attempt's whole life. A status with nowhere to go is final. */
const NEXT = {
  /** The provider was asked, or will be at once. */
  PENDING: ['SUCCEEDED', 'FAILED', 'UNKNOWN'],
  /** The provider did not answer. It may have done what it was asked. */
  UNKNOWN: ['PENDING', 'SUCCEEDED', 'FAILED'],
  SUCCEEDED: [],
  FAILED: [],
} as const satisfies Record<string, readonly string[]>;

/** Why the provider did not do it. */
export type FundingFailure = 'PAYMENT_DECLINED' | 'INVALID_PAYMENT_TOKEN' | 'PAYMENT_TIMED_OUT';

/** One deposit or withdrawal: what the payment provider is asked to do, and what became of it. */
@Entity('funding_attempts')
export class FundingAttempt {
  /** Also the key by which the provider knows it. */
  @KeyColumn()
  id!: string;

  @StringColumn(10)
  kind!: FundingKind;

  @StringColumn(10)
  status!: FundingStatus;

  @IdColumn({ name: 'user_id' })
  userId!: string;

  @IdColumn({ name: 'wallet_id' })
  walletId!: string;

  @StringColumn(3)
  currency!: string;

  @BigIntColumn({ name: 'amount_minor' })
  amountMinor!: number;

  @StringColumn(30, { nullable: true })
  failure!: FundingFailure | null;

  @IdColumn({ name: 'wallet_transaction_id', nullable: true })
  walletTransactionId!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;

  /** When the provider was last asked to do it. */
  @InstantColumn({ name: 'asked_at' })
  askedAt!: Date;

  /** After this the provider does not begin with it any more. */
  @InstantColumn({ name: 'valid_until' })
  validUntil!: Date;

  get isResolved(): boolean {
    return NEXT[this.status].length === 0;
  }

  become(status: FundingStatus): void {
    if (!(NEXT[this.status] as readonly FundingStatus[]).includes(status)) {
      throw new Error(`the attempt ${this.id} is ${this.status}, not to be ${status}`);
    }
    this.status = status;
  }
}
