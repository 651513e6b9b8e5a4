import type { Clock, ResumableFeed, Transaction } from '@crema/kit';
import { availableId, CUSTOMER_KINDS, heldId, LedgerAccount } from '../entities/ledger-account.ts';
import { LedgerEntry } from '../entities/ledger-entry.ts';
import { LedgerTransaction } from '../entities/ledger-transaction.ts';
import type { WalletState } from '../types/wallet-state.ts';

/** Moves money between accounts; the amounts sum to zero in each currency. */
export interface Posting {
  /** What it stands for: posted twice, it is one transaction. */
  readonly reference: string;
  /** Account ids, each with what is added to it; negative amounts are taken. */
  readonly entries: readonly (readonly [accountId: string, minor: number])[];
}

/** The double-entry books. Every movement of money in Crema goes through `Book.post`. */
export class Ledger {
  constructor(
    private readonly clock: Clock,
    /** Told of each wallet's state, by its id, after each commit that changed it. */
    private readonly live: ResumableFeed<WalletState>,
  ) {}

  /**
   * Locks the accounts of these wallets and of the house, in the order of their ids, until the transaction
   * ends. The house's accounts are opened when they are new; a wallet's may be missing.
   */
  async open(
    tx: Transaction,
    walletIds: readonly string[],
    house: readonly LedgerAccount[] = [],
  ): Promise<Book> {
    const ids = [
      ...walletIds.flatMap((walletId) => [availableId(walletId), heldId(walletId)]),
      ...house.map(({ id }) => id),
    ];
    let accounts = await tx.findMany(LedgerAccount, ids, { lock: true });
    const missing = house.filter(({ id }) => !accounts.some((account) => account.id === id));
    if (missing.length > 0) {
      tx.insert(LedgerAccount, ...missing);
      accounts = await tx.findMany(LedgerAccount, ids, { lock: true });
    }
    return new Book(tx, accounts, { clock: this.clock, live: this.live });
  }

  async has(tx: Transaction, reference: string): Promise<boolean> {
    return (await tx.find(LedgerTransaction, LedgerTransaction.idOf(reference))) !== null;
  }
}

/** Some accounts, locked: what is read here is true until the transaction ends. */
export class Book {
  private readonly accounts: ReadonlyMap<string, LedgerAccount>;

  constructor(
    private readonly tx: Transaction,
    accounts: readonly LedgerAccount[],
    private readonly deps: { clock: Clock; live: ResumableFeed<WalletState> },
  ) {
    this.accounts = new Map(accounts.map((account) => [account.id, account]));
  }

  /** Null when there is no such wallet. */
  wallet(walletId: string): WalletState | null {
    const available = this.accounts.get(availableId(walletId));
    const held = this.accounts.get(heldId(walletId));
    return available && held ? stateOf(walletId, available, held) : null;
  }

  /**
   * Writes the postings, one after the other. Those whose reference is known already change nothing, and
   * must be the same as then. Throws when a posting is out of balance, or would take from a customer what
   * is not there: callers look first.
   */
  async post(...postings: readonly Posting[]): Promise<void> {
    for (const posting of postings) this.check(posting);
    const known = await this.known(postings);
    const fresh = postings.filter(({ reference }) => !known.has(reference));
    if (fresh.length === 0) return;

    const at = this.deps.clock.now();
    const transactions: LedgerTransaction[] = [];
    const entries: LedgerEntry[] = [];
    for (const posting of fresh) {
      const { reference } = posting;
      const transaction = { id: LedgerTransaction.idOf(reference), reference, at };
      transactions.push(transaction);
      entries.push(...this.apply(transaction.id, posting));
    }
    const changed = [...new Set(entries.map(({ accountId }) => this.account(accountId)))];
    this.tx.insert(LedgerTransaction, ...transactions);
    this.tx.insert(LedgerEntry, ...entries);
    for (const { id, balanceMinor, version } of changed) {
      this.tx.update(LedgerAccount, id, { balanceMinor, version });
    }
    this.tellOf(changed);
  }

  private account(id: string): LedgerAccount {
    const account = this.accounts.get(id);
    if (!account) throw new Error(`the account ${id} is not open`);
    return account;
  }

  private check({ reference, entries }: Posting): void {
    const sums = new Map<string, number>();
    for (const [accountId, minor] of entries) {
      if (!Number.isSafeInteger(minor) || minor === 0) {
        throw new Error(`${reference}: ${minor} is no amount to post`);
      }
      const { currency } = this.account(accountId);
      sums.set(currency, (sums.get(currency) ?? 0) + minor);
    }
    if (entries.length < 2 || [...sums.values()].some((sum) => sum !== 0)) {
      throw new Error(`${reference}: the entries do not sum to zero`);
    }
  }

  private async known(postings: readonly Posting[]): Promise<ReadonlySet<string>> {
    const references = postings.map(({ reference }) => reference);
    if (new Set(references).size < references.length) {
      throw new Error(`${references.join(', ')}: posted twice at once`);
    }
    const transactions = await this.tx.findMany(
      LedgerTransaction,
      references.map(LedgerTransaction.idOf),
    );
    if (transactions.length === 0) return new Set();
    const entries = await this.tx.findMany(
      LedgerEntry,
      transactions.map(({ id }) => id),
      { by: 'transactionId' },
    );
    for (const { id, reference } of transactions) {
      const posted = entries.filter(({ transactionId }) => transactionId === id);
      const asked = postings.find((posting) => posting.reference === reference)!;
      if (contentOf(posted.map(asPair)) !== contentOf(asked.entries)) {
        throw new Error(`${reference}: was posted before with another content`);
      }
    }
    return new Set(transactions.map(({ reference }) => reference));
  }

  private apply(transactionId: string, { reference, entries }: Posting): LedgerEntry[] {
    const rows = entries.map(([accountId, amountMinor], line) => {
      const account = this.account(accountId);
      account.balanceMinor += amountMinor;
      account.version += 1;
      return {
        transactionId,
        line,
        accountId,
        accountVersion: account.version,
        amountMinor,
        currency: account.currency,
        balanceAfterMinor: account.balanceMinor,
      };
    });
    for (const [accountId] of entries) {
      const { kind, balanceMinor } = this.account(accountId);
      if (!Number.isSafeInteger(balanceMinor)) throw new RangeError(`${accountId} is too large`);
      if (balanceMinor < 0 && CUSTOMER_KINDS.includes(kind)) {
        throw new Error(`${reference}: would take from ${accountId} what is not there`);
      }
    }
    return rows;
  }

  private tellOf(changed: readonly LedgerAccount[]): void {
    const wallets = changed.filter(({ kind }) => CUSTOMER_KINDS.includes(kind));
    for (const walletId of new Set(wallets.map(({ ownerId }) => ownerId))) {
      const state = this.wallet(walletId);
      if (state) this.tx.afterCommit(() => this.deps.live.publish(walletId, state));
    }
  }
}

export const stateOf = (
  walletId: string,
  available: LedgerAccount,
  held: LedgerAccount,
): WalletState => ({
  walletId,
  currency: available.currency,
  availableMinor: available.balanceMinor,
  heldMinor: held.balanceMinor,
  version: available.version + held.version,
});

const asPair = ({ accountId, amountMinor }: LedgerEntry) => [accountId, amountMinor] as const;

const contentOf = (entries: Posting['entries']): string =>
  entries
    .map(([accountId, minor]) => `${accountId} ${minor}`)
    .sort()
    .join('\n');
