import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, KeyColumn } from '@crema/kit';

/** One refresh token of a session. Used ones stay as long as the session, so that their reuse is noticed. */
@Entity('refresh_tokens')
export class RefreshToken {
  /** SHA-256 of the token, which itself is kept nowhere. */
  @KeyColumn()
  hash!: string;

  @IdColumn({ name: 'session_id' })
  sessionId!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;

  @InstantColumn({ nullable: true, name: 'used_at' })
  usedAt!: Date | null;
}
