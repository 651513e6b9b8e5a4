import { Payload } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import { WalletTransaction } from '../entities/wallet-transaction.ts';
import { Wallet } from '../entities/wallet.ts';

/** What a movement that the caller asked for came to. */
export interface Moved {
  readonly wallet: Wallet;
  readonly transaction: WalletTransaction;
}

@ObjectType({ description: "The caller's wallet after the movement." })
export class WalletPayload extends Payload {
  @Field(() => Wallet, { nullable: true, description: 'The wallet as it is now.' })
  wallet?: Wallet;

  @Field(() => WalletTransaction, { nullable: true, description: 'The movement made.' })
  transaction?: WalletTransaction;

  static of = (moved: Moved): WalletPayload => Object.assign(new WalletPayload(), moved);
}
