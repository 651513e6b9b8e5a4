import type { Clock, Transaction } from '@crema/kit';
import { FundsDeposited, FundsHeld, FundsReleased, FundsWithdrawn } from '@crema/schema/events';
import type { FundingAttempt } from '../entities/funding-attempt.ts';
import { availableId, clearingId, heldId, LedgerAccount } from '../entities/ledger-account.ts';
import { WalletTransactionKind } from '../types/wallet-transaction-kind.ts';
import { insufficientFunds } from './funding-failures.ts';
import type { Book, Ledger } from './ledger.ts';
import type { WalletHistory } from './wallet-history.ts';

/** What attempts move in the ledger: the holds of withdrawals, and what the provider did. */
export class FundingBooks {
  constructor(
    private readonly books: { ledger: Ledger; history: WalletHistory },
    /** Of the payment provider; its clearing account is named after it. */
    private readonly providerName: string,
    private readonly clock: Clock,
  ) {}

  /** Sets a withdrawal's amount aside; refuses with INSUFFICIENT_FUNDS. */
  async hold(tx: Transaction, attempt: FundingAttempt): Promise<void> {
    const { id, walletId, amountMinor } = attempt;
    const book = await this.books.ledger.open(tx, [walletId]);
    if (book.wallet(walletId)!.availableMinor < amountMinor) throw insufficientFunds();
    await book.post({
      reference: `withdrawal:${id}:hold`,
      entries: [
        [availableId(walletId), -amountMinor],
        [heldId(walletId), amountMinor],
      ],
    });
    this.tell(tx, FundsHeld, attempt);
  }

  /** Books what the provider did; returns the wallet's transaction. */
  async succeed(tx: Transaction, attempt: FundingAttempt): Promise<string> {
    const { id, kind, userId, walletId, currency, amountMinor } = attempt;
    const isDeposit = kind === 'DEPOSIT';
    const book = await this.openWithClearing(tx, attempt);
    const clearing = clearingId(this.providerName, currency);
    const reference = isDeposit ? `deposit:${id}` : `withdrawal:${id}:capture`;
    await book.post({
      reference,
      entries: isDeposit
        ? [
            [clearing, -amountMinor],
            [availableId(walletId), amountMinor],
          ]
        : [
            [heldId(walletId), -amountMinor],
            [clearing, amountMinor],
          ],
    });
    const [movement] = await this.books.history.record(tx, book, {
      walletId,
      kind: WalletTransactionKind[kind],
      amountMinor,
      reference,
      description: isDeposit ? 'Deposit from card' : 'Withdrawal to card',
    });
    tx.publish(isDeposit ? FundsDeposited : FundsWithdrawn, walletId, {
      walletId,
      userId,
      transactionId: movement!.id,
      amount: { minor: amountMinor, currency },
      at: movement!.at.toISOString(),
    });
    return movement!.id;
  }

  /** Makes a withdrawal's amount available again. */
  async release(tx: Transaction, attempt: FundingAttempt): Promise<void> {
    const { id, walletId, amountMinor } = attempt;
    const book = await this.books.ledger.open(tx, [walletId]);
    await book.post({
      reference: `withdrawal:${id}:release`,
      entries: [
        [heldId(walletId), -amountMinor],
        [availableId(walletId), amountMinor],
      ],
    });
    this.tell(tx, FundsReleased, attempt);
  }

  private tell(
    tx: Transaction,
    contract: typeof FundsHeld | typeof FundsReleased,
    { walletId, userId, amountMinor, currency }: FundingAttempt,
  ): void {
    tx.publish(contract, walletId, {
      walletId,
      userId,
      amount: { minor: amountMinor, currency },
      at: this.clock.now().toISOString(),
    });
  }

  private openWithClearing(tx: Transaction, attempt: FundingAttempt): Promise<Book> {
    const { walletId, currency } = attempt;
    const clearing = LedgerAccount.open('PROVIDER_CLEARING', this.providerName, currency);
    return this.books.ledger.open(tx, [walletId], [clearing]);
  }
}
