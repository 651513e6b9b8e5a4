import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, IntColumn, KeyColumn, StringColumn } from '@crema/kit';

/**
 * The one-time code that was last asked for under an e-mail address. There is a row for addresses without
 * an account too, so that both cost the same.
 */
@Entity('password_resets')
export class PasswordReset {
  /** A keyed hash of the address. */
  @KeyColumn()
  id!: string;

  @IdColumn({ nullable: true, name: 'user_id' })
  userId!: string | null;

  /** A keyed hash of the code. */
  @StringColumn(64, { name: 'code_hash' })
  codeHash!: string;

  @IntColumn({ name: 'tries_left' })
  triesLeft!: number;

  @InstantColumn({ name: 'expires_at' })
  expiresAt!: Date;
}
