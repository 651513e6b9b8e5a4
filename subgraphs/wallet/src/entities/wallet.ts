import { IdColumn, InstantColumn, KeyColumn, stableId, StringColumn } from '@crema/kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { User } from '../types/user.ts';
import type { WalletState } from '../types/wallet-state.ts';

/** Each user has one wallet, and everybody who knows the user knows its id. */
export const walletIdOf = (userId: string): string => stableId(`wallet/${userId}`);

@Directive('@key(fields: "id")')
@ObjectType({ description: "A user's money at Crema, in one currency." })
@Entity('wallets')
export class Wallet {
  @Field(() => ID, { description: 'Identifies the wallet.' })
  @KeyColumn()
  id!: string;

  @IdColumn({ name: 'owner_id' })
  ownerId!: string;

  @StringColumn(3)
  currency!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: Date;

  /** What it held at the moment that an answer tells of; without it the present is read. */
  state?: WalletState;

  @Field(() => User, { nullable: true, description: 'Whose wallet it is.' })
  get owner(): User {
    return User.of(this.ownerId);
  }

  static of(ownerId: string, currency: string, createdAt: Date): Wallet {
    const id = walletIdOf(ownerId);
    return Object.assign(new Wallet(), { id, ownerId, currency, createdAt });
  }
}
