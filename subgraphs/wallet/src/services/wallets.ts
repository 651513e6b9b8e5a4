import {
  inOrder,
  Loader,
  type Caller,
  type Clock,
  type Database,
  type LiveSubscription,
  type Loaders,
  type ResumableFeed,
  type Transaction,
} from '@crema/kit';
import { availableId, heldId, LedgerAccount } from '../entities/ledger-account.ts';
import { WalletTransaction } from '../entities/wallet-transaction.ts';
import { Wallet, walletIdOf } from '../entities/wallet.ts';
import type { WalletState } from '../types/wallet-state.ts';
import { stateOf } from './ledger.ts';

/** Opens wallets, and shows them to their owners and to who holds wallets:read; to others they are absent. */
export class Wallets {
  private readonly wallets: Loader<Wallet | null>;
  private readonly states: Loader<WalletState | null>;
  private readonly transactions: Loader<WalletTransaction | null>;

  constructor(
    private readonly database: Database,
    private readonly live: ResumableFeed<WalletState>,
    private readonly clock: Clock,
    private readonly currency: string,
  ) {
    this.wallets = new Loader(async (ids) =>
      inOrder(ids, await database.findMany(Wallet, ids), ({ id }) => id),
    );
    this.states = new Loader((ids) => this.readStates(ids));
    this.transactions = new Loader(async (ids) =>
      inOrder(ids, await database.findMany(WalletTransaction, ids, { by: 'id' }), ({ id }) => id),
    );
  }

  /** The user's wallet; opened when this is the first that is heard of the user. */
  async ensure(tx: Transaction, userId: string): Promise<Wallet> {
    const known = await tx.find(Wallet, walletIdOf(userId));
    if (known) return known;
    const wallet = Wallet.of(userId, this.currency, this.clock.now());
    tx.insert(Wallet, wallet);
    tx.insert(
      LedgerAccount,
      LedgerAccount.open('WALLET_AVAILABLE', wallet.id, wallet.currency),
      LedgerAccount.open('WALLET_HELD', wallet.id, wallet.currency),
    );
    return wallet;
  }

  ofUser(caller: Caller, loaders: Loaders, userId: string): Promise<Wallet | null> {
    return this.byId(caller, loaders, walletIdOf(userId));
  }

  async byId(caller: Caller, loaders: Loaders, walletId: string): Promise<Wallet | null> {
    if (!mayRead(caller, walletId)) return null;
    const wallet = await loaders.load(this.wallets, walletId);
    return wallet ?? (owns(caller, walletId) ? this.unopened(caller.requireId()) : null);
  }

  async transaction(
    caller: Caller,
    loaders: Loaders,
    transactionId: string,
  ): Promise<WalletTransaction | null> {
    if (caller.id === null) return null;
    const transaction = await loaders.load(this.transactions, transactionId);
    return transaction && mayRead(caller, transaction.walletId) ? transaction : null;
  }

  async state(wallet: Wallet, loaders: Loaders): Promise<WalletState> {
    return wallet.state ?? (await loaders.load(this.states, wallet.id)) ?? emptyState(wallet);
  }

  /** As the wallet is now, whatever a request has read before. */
  async present(userId: string): Promise<Wallet> {
    const id = walletIdOf(userId);
    const [wallet] = await this.database.findMany(Wallet, [id]);
    const [state] = await this.readStates([id]);
    const opened = wallet ?? this.unopened(userId);
    return Object.assign(opened, { state: state ?? emptyState(opened) });
  }

  /** What the caller's wallet holds, then what it holds after each change; changes that come at once may be one. */
  changes(caller: Caller): LiveSubscription<WalletState> {
    const userId = caller.requireId();
    const present = () => this.presentState(userId);
    return this.live.follow(walletIdOf(userId), {
      positionOf: ({ version }) => version,
      from: -1,
      first: present,
      after: present,
    });
  }

  /** The caller's wallet as it was in this state. */
  inState(caller: Caller, state: WalletState): Wallet {
    const wallet = Wallet.of(caller.requireId(), state.currency, this.clock.now());
    return Object.assign(wallet, { state });
  }

  /** Somebody has signed up a moment ago, and the news is still on its way here. */
  private unopened(userId: string): Wallet {
    return Wallet.of(userId, this.currency, this.clock.now());
  }

  private async *presentState(userId: string): AsyncGenerator<WalletState> {
    yield (await this.present(userId)).state!;
  }

  private async readStates(walletIds: readonly string[]): Promise<(WalletState | null)[]> {
    const ids = walletIds.flatMap((id) => [availableId(id), heldId(id)]);
    const accounts = new Map(
      (await this.database.findMany(LedgerAccount, ids)).map((account) => [account.id, account]),
    );
    return walletIds.map((id) => {
      const available = accounts.get(availableId(id));
      const held = accounts.get(heldId(id));
      return available && held ? stateOf(id, available, held) : null;
    });
  }
}

const owns = (caller: Caller, walletId: string): boolean =>
  caller.id !== null && walletIdOf(caller.id) === walletId;

const mayRead = (caller: Caller, walletId: string): boolean =>
  owns(caller, walletId) || (caller.id !== null && caller.has('wallets:read'));

const emptyState = ({ id, currency }: Wallet): WalletState => ({
  walletId: id,
  currency,
  availableMinor: 0,
  heldMinor: 0,
  version: 0,
});
