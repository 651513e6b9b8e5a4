import { BigIntColumn, IdColumn, StringColumn } from '@crema/kit';
import { Entity, PrimaryColumn } from 'typeorm';

export type AccountKind = 'WALLET_AVAILABLE' | 'WALLET_HELD' | 'CAFE_REVENUE' | 'PROVIDER_CLEARING';

/** Accounts of customers are never below zero; the house's may be. */
export const CUSTOMER_KINDS: readonly AccountKind[] = ['WALLET_AVAILABLE', 'WALLET_HELD'];

/** Where money can be. Its balance is the sum of its entries, kept with each of them. */
@Entity('ledger_accounts')
export class LedgerAccount {
  @PrimaryColumn({ type: 'varchar', length: 150 })
  id!: string;

  @StringColumn(30)
  kind!: AccountKind;

  /** The wallet, the café or the payment provider that it belongs to. */
  @IdColumn({ name: 'owner_id' })
  ownerId!: string;

  @StringColumn(3)
  currency!: string;

  @BigIntColumn({ name: 'balance_minor' })
  balanceMinor!: number;

  /** How many entries it has. */
  @BigIntColumn()
  version!: number;

  /** A new account, empty. */
  static open(kind: AccountKind, ownerId: string, currency: string): LedgerAccount {
    const id = ACCOUNT_ID[kind](ownerId, currency);
    return Object.assign(new LedgerAccount(), {
      id,
      kind,
      ownerId,
      currency,
      balanceMinor: 0,
      version: 0,
    });
  }
}

/** Ids tell what the account is; one wallet has one currency, the house has an account for each. */
const ACCOUNT_ID = {
  WALLET_AVAILABLE: (walletId) => `wallet:${walletId}:available`,
  WALLET_HELD: (walletId) => `wallet:${walletId}:held`,
  CAFE_REVENUE: (cafeId, currency) => `revenue:${cafeId}:${currency}`,
  PROVIDER_CLEARING: (provider, currency) => `clearing:${provider}:${currency}`,
} satisfies Record<AccountKind, (ownerId: string, currency: string) => string>;

export const availableId = ACCOUNT_ID.WALLET_AVAILABLE;
export const heldId = ACCOUNT_ID.WALLET_HELD;
export const revenueId = ACCOUNT_ID.CAFE_REVENUE;
export const clearingId = ACCOUNT_ID.PROVIDER_CLEARING;
