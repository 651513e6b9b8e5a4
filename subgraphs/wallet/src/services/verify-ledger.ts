import type { Database } from '@crema/kit';
import type { EntityManager } from 'typeorm';
import { FundingAttempt } from '../entities/funding-attempt.ts';
import { CUSTOMER_KINDS, LedgerAccount } from '../entities/ledger-account.ts';
import { LedgerEntry } from '../entities/ledger-entry.ts';
import { LedgerTransaction } from '../entities/ledger-transaction.ts';
import { Payment } from '../entities/payment.ts';
import { WalletTransaction } from '../entities/wallet-transaction.ts';
import { SIGN } from '../types/wallet-transaction-kind.ts';

/** What a look through all the books has found. */
export interface LedgerReport {
  readonly accounts: number;
  readonly transactions: number;
  readonly entries: number;
  /** Each in words, for people; none when the books are right. */
  readonly differences: readonly string[];
}

/**
 * Recomputes everything that is derived from the ledger's entries and compares: transactions that do not sum
 * to zero, balances and running balances, customers below zero, histories, holds, revenue and clearing.
 * Reads all of it as it was at one moment.
 */
export const verifyLedger = (database: Database): Promise<LedgerReport> =>
  database.snapshot((manager) => report(manager));

const report = async (manager: EntityManager): Promise<LedgerReport> => ({
  accounts: await manager.count(LedgerAccount),
  transactions: await manager.count(LedgerTransaction),
  entries: await manager.count(LedgerEntry),
  differences: [
    ...(await unbalancedTransactions(manager)),
    ...(await sumsOfCurrencies(manager)),
    ...(await wrongBalances(manager)),
    ...(await wrongRunningBalances(manager)),
    ...(await overdrawnCustomers(manager)),
    ...(await wrongHistories(manager)),
    ...(await wrongHolds(manager)),
    ...(await wrongRevenue(manager)),
    ...(await wrongClearing(manager)),
  ],
});

async function unbalancedTransactions(manager: EntityManager): Promise<string[]> {
  const unequal = await manager
    .createQueryBuilder(LedgerEntry, 'e')
    .select('e.transactionId', 'id')
    .addSelect('e.currency', 'currency')
    .addSelect('SUM(e.amountMinor)', 'total')
    .groupBy('e.transactionId')
    .addGroupBy('e.currency')
    .having('SUM(e.amountMinor) <> 0')
    .getRawMany<{ id: string; currency: string; total: number }>();
  const lonely = await manager
    .createQueryBuilder(LedgerTransaction, 't')
    .leftJoin(LedgerEntry, 'e', 'e.transactionId = t.id')
    .select('t.reference', 'reference')
    .groupBy('t.reference')
    .having('COUNT(e.line) < 2')
    .getRawMany<{ reference: string }>();
  return [
    ...unequal.map((each) => `transaction ${each.id} sums to ${each.total} ${each.currency}`),
    ...lonely.map(({ reference }) => `transaction ${reference} has less than two entries`),
  ];
}

async function sumsOfCurrencies(manager: EntityManager): Promise<string[]> {
  const sums = await sumsBy(manager, LedgerAccount, 'a.currency', 'a.balanceMinor');
  return [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([currency, sum]) => `all accounts in ${currency} sum to ${sum}`);
}

async function wrongBalances(manager: EntityManager): Promise<string[]> {
  const wrong = await manager
    .createQueryBuilder(LedgerAccount, 'a')
    .leftJoin(LedgerEntry, 'e', 'e.accountId = a.id')
    .select('a.id', 'id')
    .addSelect('a.balanceMinor', 'balance')
    .addSelect('COALESCE(SUM(e.amountMinor), 0)', 'total')
    .groupBy('a.id')
    .addGroupBy('a.balanceMinor')
    .addGroupBy('a.version')
    .having('COALESCE(SUM(e.amountMinor), 0) <> a.balanceMinor')
    .orHaving('COUNT(e.line) <> a.version')
    .getRawMany<{ id: string; balance: number; total: number }>();
  return wrong.map(({ id, balance, total }) => `${id} holds ${balance}, its entries ${total}`);
}

async function wrongRunningBalances(manager: EntityManager): Promise<string[]> {
  const wrong = await manager
    .createQueryBuilder(LedgerEntry, 'e')
    .leftJoin(
      LedgerEntry,
      'earlier',
      'earlier.accountId = e.accountId AND earlier.accountVersion = e.accountVersion - 1',
    )
    .select('e.accountId', 'id')
    .addSelect('e.accountVersion', 'version')
    .where('e.balanceAfterMinor <> COALESCE(earlier.balanceAfterMinor, 0) + e.amountMinor')
    .getRawMany<{ id: string; version: number }>();
  return wrong.map(({ id, version }) => `${id} has a wrong running balance at entry ${version}`);
}

async function overdrawnCustomers(manager: EntityManager): Promise<string[]> {
  const overdrawn = await manager
    .createQueryBuilder(LedgerAccount, 'a')
    .where('a.balanceMinor < 0')
    .andWhere('a.kind IN (:...kinds)', { kinds: CUSTOMER_KINDS })
    .getMany();
  return overdrawn.map(({ id, balanceMinor }) => `${id} is below zero: ${balanceMinor}`);
}

async function wrongHistories(manager: EntityManager): Promise<string[]> {
  const incoming = Object.entries(SIGN).flatMap(([kind, sign]) => (sign > 0 ? [`'${kind}'`] : []));
  const signed = `CASE WHEN a.kind IN (${incoming.join(', ')}) THEN a.amountMinor ELSE 0 - a.amountMinor END`;
  return differences(
    'wallet',
    await walletSums(manager, CUSTOMER_KINDS),
    'its history',
    await sumsBy(manager, WalletTransaction, 'a.walletId', signed),
  );
}

/** What is held is what is due: holds of orders, and withdrawals that the provider has not answered. */
async function wrongHolds(manager: EntityManager): Promise<string[]> {
  const due = merged(
    await sumsBy(manager, Payment, 'a.walletId', 'a.totalMinor', "a.status = 'HELD'"),
    await sumsBy(
      manager,
      FundingAttempt,
      'a.walletId',
      'a.amountMinor',
      "a.kind = 'WITHDRAWAL' AND a.status IN ('PENDING', 'UNKNOWN')",
    ),
  );
  return differences('held in wallet', await walletSums(manager, ['WALLET_HELD']), 'due', due);
}

async function wrongRevenue(manager: EntityManager): Promise<string[]> {
  return differences(
    'café',
    await sumsBy(manager, LedgerAccount, 'a.ownerId', 'a.balanceMinor', "a.kind = 'CAFE_REVENUE'"),
    'its payments',
    await sumsBy(
      manager,
      Payment,
      'a.cafeId',
      'a.totalMinor - a.refundedMinor',
      "a.status IN ('CAPTURED', 'REFUNDED')",
    ),
  );
}

async function wrongClearing(manager: EntityManager): Promise<string[]> {
  return differences(
    'clearing in',
    await sumsBy(
      manager,
      LedgerAccount,
      'a.currency',
      'a.balanceMinor',
      "a.kind = 'PROVIDER_CLEARING'",
    ),
    'deposits and withdrawals',
    await sumsBy(
      manager,
      FundingAttempt,
      'a.currency',
      "CASE WHEN a.kind = 'DEPOSIT' THEN 0 - a.amountMinor ELSE a.amountMinor END",
      "a.status = 'SUCCEEDED'",
    ),
  );
}

const walletSums = (manager: EntityManager, kinds: readonly string[]) =>
  sumsBy(
    manager,
    LedgerAccount,
    'a.ownerId',
    'a.balanceMinor',
    `a.kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})`,
  );

type Sums = ReadonlyMap<string, number>;

async function sumsBy(
  manager: EntityManager,
  entity: Function,
  by: string,
  amount: string,
  where = '1 = 1',
): Promise<Sums> {
  const rows = await manager
    .createQueryBuilder(entity, 'a')
    .select(by, 'owner')
    .addSelect(`SUM(${amount})`, 'total')
    .where(where)
    .groupBy(by)
    .getRawMany<{ owner: string; total: number | string }>();
  // Sums of 64-bit integers come as text from MySQL and PostgreSQL.
  return new Map(rows.map(({ owner, total }) => [owner, Number(total)]));
}

const merged = (a: Sums, b: Sums): Sums =>
  new Map([...new Set([...a.keys(), ...b.keys()])].map((key) => [key, at(a, key) + at(b, key)]));

const at = (sums: Sums, key: string): number => sums.get(key) ?? 0;

/** What is missing counts as nothing. */
const differences = (what: string, a: Sums, other: string, b: Sums): string[] =>
  [...merged(a, b).keys()]
    .filter((key) => at(a, key) !== at(b, key))
    .map((key) => `${what} ${key}: ${at(a, key)}, ${other}: ${at(b, key)}`);
