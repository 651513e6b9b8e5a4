import { Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { DateTime, IdColumn, InstantColumn, KeyColumn, StringColumn } from '@crema/kit';

export type SessionKind = 'CUSTOMER' | 'STAFF';

/** One sign-in and the family of refresh tokens that come of it, one after the other. */
@ObjectType({ description: 'A place where somebody is signed in.' })
@Entity('sessions')
export class Session {
  @Field(() => ID, { description: 'The claim `sid` of its access tokens.' })
  @KeyColumn()
  id!: string;

  @IdColumn({ name: 'user_id' })
  userId!: string;

  @StringColumn(10)
  kind!: SessionKind;

  @Field(() => DateTime, { description: 'When they signed in.' })
  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last refreshed.' })
  @InstantColumn({ name: 'last_used_at' })
  lastUsedAt!: Date;

  @Field(() => DateTime, { description: 'When it ends unless it is used before.' })
  @InstantColumn({ name: 'expires_at' })
  expiresAt!: Date;

  /** However much it is used. */
  @InstantColumn({ name: 'ends_at' })
  endsAt!: Date;

  @Field(() => String, { nullable: true, description: 'The browser or app, as it names itself.' })
  @StringColumn(300, { nullable: true, name: 'user_agent' })
  userAgent!: string | null;

  @InstantColumn({ nullable: true, name: 'revoked_at' })
  revokedAt!: Date | null;
}
