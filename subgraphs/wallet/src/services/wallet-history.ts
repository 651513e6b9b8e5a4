import {
  Loader,
  readPage,
  toConnection,
  type Clock,
  type Connection,
  type Database,
  type Ids,
  type Loaders,
  type PageRequest,
  type Transaction,
} from '@crema/kit';
import { WalletTransaction } from '../entities/wallet-transaction.ts';
import type { Wallet } from '../entities/wallet.ts';
import type { WalletTransactionKind } from '../types/wallet-transaction-kind.ts';
import type { Book } from './ledger.ts';
import { newestOf } from './newest-of.ts';

export interface Movement {
  readonly walletId: string;
  readonly kind: WalletTransactionKind;
  readonly amountMinor: number;
  /** The ledger transaction that made it. */
  readonly reference: string;
  readonly description: string;
  readonly orderId?: string;
  readonly counterpartyId?: string;
}

/** What a wallet's owner sees of the ledger. */
export class WalletHistory {
  private readonly pages: Loader<WalletTransaction[]>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    this.pages = new Loader((keys) =>
      newestOf(
        database,
        keys.map((key) => JSON.parse(key)),
      ),
    );
  }

  /** Writes movements that the book has just posted. */
  async record(
    tx: Transaction,
    book: Book,
    ...movements: readonly Movement[]
  ): Promise<WalletTransaction[]> {
    const at = this.clock.now();
    const rows = movements.map((movement) => {
      const { currency, availableMinor, heldMinor } = book.wallet(movement.walletId)!;
      return Object.assign(new WalletTransaction(), {
        orderId: null,
        counterpartyId: null,
        ...movement,
        id: this.ids.next(),
        currency,
        balanceAfterMinor: availableMinor + heldMinor,
        at,
      });
    });
    tx.insert(WalletTransaction, ...rows);
    return rows;
  }

  async find(transactionId: string): Promise<WalletTransaction | null> {
    const [row] = await this.database.findMany(WalletTransaction, [transactionId], { by: 'id' });
    return row ?? null;
  }

  /** A page of a wallet's movements, newest first. */
  async page(
    wallet: Wallet,
    loaders: Loaders,
    first: number | null,
    after: string | null,
  ): Promise<Connection<WalletTransaction>> {
    const request = readPage(first, after);
    const wanted = { walletId: wallet.id, limit: request.first + 1, before: placeOf(request) };
    // An answer that tells of one moment must not show what was read for an earlier one.
    const rows = wallet.state
      ? (await newestOf(this.database, [wanted]))[0]!
      : await loaders.load(this.pages, JSON.stringify(wanted));
    return toConnection(
      rows,
      request,
      ({ position }) => [Number(position)],
      (row) => row,
    );
  }
}

function placeOf({ after }: PageRequest): number | null {
  if (after === null) return null;
  const place = after[0];
  // Another list's cursor finds nothing.
  return typeof place === 'number' ? place : 0;
}
