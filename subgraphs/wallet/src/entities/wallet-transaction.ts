import {
  BigIntColumn,
  DateTime,
  IdColumn,
  InstantColumn,
  Money,
  StringColumn,
  TextColumn,
} from '@crema/kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Order } from '../types/order.ts';
import { User } from '../types/user.ts';
import { WalletTransactionKind } from '../types/wallet-transaction-kind.ts';

/** Immutable, as the ledger that it tells of. */
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'One movement as its owner sees it; behind it stand two or more ledger entries that sum to zero.',
})
@Entity('wallet_transactions')
export class WalletTransaction {
  /** Its place in the history: rises within a wallet, which is locked while a row is written. */
  @PrimaryGeneratedColumn({ type: 'bigint' })
  position?: number;

  @Field(() => ID, { description: 'Identifies the movement.' })
  @IdColumn()
  id!: string;

  @IdColumn({ name: 'wallet_id' })
  walletId!: string;

  @Field(() => WalletTransactionKind, { description: 'What moved the money.' })
  @StringColumn(20)
  kind!: WalletTransactionKind;

  @StringColumn(3)
  currency!: string;

  @BigIntColumn({ name: 'amount_minor' })
  amountMinor!: number;

  @BigIntColumn({ name: 'balance_after_minor' })
  balanceAfterMinor!: number;

  /** The ledger transaction that moved it. */
  @StringColumn(200)
  reference!: string;

  @Field(() => DateTime, { description: 'When it moved.' })
  @InstantColumn()
  at!: Date;

  @Field(() => String, { description: 'What it was, for people to read.' })
  @TextColumn()
  description!: string;

  @IdColumn({ name: 'order_id', nullable: true })
  orderId!: string | null;

  @IdColumn({ name: 'counterparty_id', nullable: true })
  counterpartyId!: string | null;

  @Field(() => Money, { description: 'How much moved, never negative: the kind tells whereto.' })
  get amount(): Money {
    return new Money(this.amountMinor, this.currency);
  }

  @Field(() => Money, { description: 'The balance of the wallet when it had moved.' })
  get balanceAfter(): Money {
    return new Money(this.balanceAfterMinor, this.currency);
  }

  @Field(() => Order, { nullable: true, description: 'The order that was paid or refunded.' })
  get order(): Order | null {
    return this.orderId === null ? null : Order.of(this.orderId);
  }

  @Field(() => User, { nullable: true, description: 'Whom a transfer went to or came from.' })
  get counterparty(): User | null {
    return this.counterpartyId === null ? null : User.of(this.counterpartyId);
  }
}
