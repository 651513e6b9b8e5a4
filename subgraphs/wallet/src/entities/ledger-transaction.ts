import { InstantColumn, KeyColumn, stableId, StringColumn } from '@crema/kit';
import { Entity } from 'typeorm';

/** Entries that belong together and sum to zero. Immutable. */
@Entity('ledger_transactions')
export class LedgerTransaction {
  @KeyColumn()
  id!: string;

  /** What it stands for, such as `order:ID:capture`: the same step twice is the same transaction. Unique. */
  @StringColumn(200)
  reference!: string;

  @InstantColumn()
  at!: Date;

  /** The id of the transaction that stands for this. */
  static idOf(this: void, reference: string): string {
    return stableId(`ledger/${reference}`);
  }
}
