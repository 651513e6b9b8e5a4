import { BigIntColumn, InstantColumn, StringColumn } from '@crema/kit';
import { Entity, PrimaryColumn } from 'typeorm';
import type { ProviderAnswer } from '../services/payment-provider.ts';

/** The built-in provider's own books: what it did for a key. Stands for a table at a real provider. */
@Entity('provider_records')
export class ProviderRecord {
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'request_key' })
  requestKey!: string;

  @StringColumn(10)
  action!: 'CHARGE' | 'PAY_OUT';

  @StringColumn(20)
  answer!: ProviderAnswer;

  @StringColumn(3)
  currency!: string;

  @BigIntColumn({ name: 'amount_minor' })
  amountMinor!: number;

  @InstantColumn()
  at!: Date;
}
