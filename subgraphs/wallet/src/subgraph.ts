import {
  createSchema,
  type RelationalDefinition,
  type Subgraph,
  type SubgraphDeps,
} from '@crema/kit';
import { readConfig, settings, type WalletConfig } from './config.ts';
import { loadDemo } from './demo.ts';
import { Contact } from './entities/contact.ts';
import { FundingAttempt } from './entities/funding-attempt.ts';
import { LedgerAccount } from './entities/ledger-account.ts';
import { LedgerEntry } from './entities/ledger-entry.ts';
import { LedgerTransaction } from './entities/ledger-transaction.ts';
import { Payment } from './entities/payment.ts';
import { ProviderRecord } from './entities/provider-record.ts';
import { WalletTransaction } from './entities/wallet-transaction.ts';
import { Wallet } from './entities/wallet.ts';
import { followContact, openWallet } from './events/account-events.ts';
import { closePayment, payOrder, refundOrder } from './events/order-events.ts';
import { Wallets1700000006001 } from './migrations/1700000006001-wallets.ts';
import { FundsResolver } from './resolvers/funds-resolver.ts';
import { references } from './resolvers/references.ts';
import { UserResolver } from './resolvers/user-resolver.ts';
import { WalletResolver } from './resolvers/wallet-resolver.ts';
import { BuiltInProvider } from './services/built-in-provider.ts';
import { Funding } from './services/funding.ts';
import { Ledger } from './services/ledger.ts';
import type { PaymentProvider } from './services/payment-provider.ts';
import { Payments } from './services/payments.ts';
import { TransferFunds } from './services/transfer-funds.ts';
import { WalletHistory } from './services/wallet-history.ts';
import { walletWakings } from './services/wallet-changes.ts';
import { Wallets } from './services/wallets.ts';
import type { WalletState } from './types/wallet-state.ts';

export { verifyLedger, type LedgerReport } from './services/verify-ledger.ts';

/** Soon enough that nobody calls for support; asking costs the provider a request each time. */
const SETTLE_EVERY_MS = 2_000;

/** The wallet on a payment provider; without one, on the built-in one, which moves no real money. */
export async function createWallet(
  { database, live: updates, clock, ids, log }: SubgraphDeps,
  { currency }: WalletConfig,
  provider: PaymentProvider = new BuiltInProvider(database, clock),
): Promise<Subgraph> {
  const live = updates.resumable<WalletState>(walletWakings);
  const wallets = new Wallets(database, live, clock, currency);
  const ledger = new Ledger(clock, live);
  const history = new WalletHistory(database, clock, ids);
  const books = { wallets, ledger, history };
  const funding = new Funding(database, books, provider, { clock, ids, log });
  const payments = new Payments(ledger, history, clock, log);

  return {
    name: 'wallet',
    schema: createSchema({
      resolvers: [
        new WalletResolver(wallets, history),
        new UserResolver(wallets),
        new FundsResolver(funding, new TransferFunds(database, books, clock, ids)),
      ],
      references: references(wallets),
      subscriptions: { walletChanged: (_, { caller }) => wallets.changes(caller) },
    }),
    consumers: [
      openWallet(wallets),
      followContact(),
      payOrder(payments, clock),
      closePayment(payments, clock),
      refundOrder(payments, clock),
    ],
    jobs: [
      {
        name: 'wallet.settle-attempts',
        everyMs: SETTLE_EVERY_MS,
        run: () => funding.settleOpen(),
      },
    ],
    loadDemo: () => loadDemo(funding, wallets),
    close: async () => live.close(),
  };
}

/** Users' money: a double-entry ledger, deposits and withdrawals, transfers, and the payment of orders. */
export const wallet: RelationalDefinition<WalletConfig> = {
  name: 'wallet',
  storage: 'relational',
  entities: [
    Contact,
    FundingAttempt,
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Payment,
    ProviderRecord,
    Wallet,
    WalletTransaction,
  ],
  migrations: [Wallets1700000006001],
  settings,
  readConfig,
  create: (deps, config) => createWallet(deps, config),
};
