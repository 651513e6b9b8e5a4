import { BigIntColumn, StringColumn } from '@crema/kit';
import { Entity, PrimaryColumn } from 'typeorm';

/** What one transaction does to one account. Immutable. */
@Entity('ledger_entries')
export class LedgerEntry {
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'transaction_id' })
  transactionId!: string;

  /** From 0, within the transaction. */
  @PrimaryColumn({ type: 'int' })
  line!: number;

  @StringColumn(150, { name: 'account_id' })
  accountId!: string;

  /** From 1, without a gap within the account: two entries that missed each other cannot both stand. */
  @BigIntColumn({ name: 'account_version' })
  accountVersion!: number;

  /** Positive is in, negative is out. */
  @BigIntColumn({ name: 'amount_minor' })
  amountMinor!: number;

  @StringColumn(3)
  currency!: string;

  @BigIntColumn({ name: 'balance_after_minor' })
  balanceAfterMinor!: number;
}
