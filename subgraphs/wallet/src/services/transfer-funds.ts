import {
  once,
  refused,
  type Caller,
  type Clock,
  type Database,
  type Ids,
  type MoneyInput,
  type Transaction,
} from '@crema/kit';
import { FundsTransferred } from '@crema/schema/events';
import { availableId } from '../entities/ledger-account.ts';
import type { Moved } from '../types/wallet-payload.ts';
import { WalletTransactionKind } from '../types/wallet-transaction-kind.ts';
import { readAmount } from './amounts.ts';
import { userOfEmail } from './contacts.ts';
import { insufficientFunds } from './funding-failures.ts';
import type { Ledger } from './ledger.ts';
import type { WalletHistory } from './wallet-history.ts';
import type { Wallets } from './wallets.ts';

export interface TransferRequest {
  readonly idempotencyKey: string;
  readonly amount: MoneyInput;
  readonly toEmail: string;
  readonly note?: string | null;
}

/** Sends money of the caller's wallet to another user, once per key. */
export class TransferFunds {
  constructor(
    private readonly database: Database,
    private readonly books: { wallets: Wallets; ledger: Ledger; history: WalletHistory },
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async run(caller: Caller, request: TransferRequest): Promise<Moved> {
    const userId = caller.requireId();
    const { idempotencyKey, toEmail } = request;
    const note = request.note?.trim() || null;
    const { wallets, history } = this.books;
    const transactionId = await this.database.transaction(async (tx) => {
      const from = await wallets.ensure(tx, userId);
      const amount = readAmount(request.amount, from.currency);
      const input = { amount: amount.toValue(), toEmail: toEmail.toLowerCase(), note };
      const now = this.clock.now();
      return once(
        tx,
        { owner: userId, operation: 'transferFunds', key: idempotencyKey, input, now },
        async () => {
          const toUserId = await this.recipient(tx, userId, toEmail);
          return this.transfer(tx, { userId, toUserId, amountMinor: amount.minor, note });
        },
      );
    });
    const [wallet, transaction] = await Promise.all([
      wallets.present(userId),
      history.find(transactionId),
    ]);
    return { wallet, transaction: transaction! };
  }

  private async recipient(tx: Transaction, userId: string, toEmail: string): Promise<string> {
    const toUserId = await userOfEmail(tx, toEmail);
    if (toUserId === null) {
      throw refused('UNKNOWN_RECIPIENT', 'Nobody here has this e-mail address.', ['toEmail']);
    }
    if (toUserId === userId) {
      throw refused('SELF_TRANSFER', 'This is your own e-mail address.', ['toEmail']);
    }
    return toUserId;
  }

  private async transfer(
    tx: Transaction,
    transfer: { userId: string; toUserId: string; amountMinor: number; note: string | null },
  ): Promise<string> {
    const { userId, toUserId, amountMinor, note } = transfer;
    const { wallets, ledger, history } = this.books;
    const from = await wallets.ensure(tx, userId);
    const to = await wallets.ensure(tx, toUserId);
    if (to.currency !== from.currency) {
      const message = `The recipient's wallet is in ${to.currency}, yours in ${from.currency}.`;
      throw refused('CURRENCY_MISMATCH', message, ['toEmail']);
    }
    const book = await ledger.open(tx, [from.id, to.id]);
    if (book.wallet(from.id)!.availableMinor < amountMinor) throw insufficientFunds();

    const reference = `transfer:${this.ids.next()}`;
    await book.post({
      reference,
      entries: [
        [availableId(from.id), -amountMinor],
        [availableId(to.id), amountMinor],
      ],
    });
    const suffix = note === null ? '' : `: ${note}`;
    const [out, into] = await history.record(
      tx,
      book,
      {
        walletId: from.id,
        kind: WalletTransactionKind.TRANSFER_OUT,
        amountMinor,
        reference,
        description: `Transfer sent${suffix}`,
        counterpartyId: toUserId,
      },
      {
        walletId: to.id,
        kind: WalletTransactionKind.TRANSFER_IN,
        amountMinor,
        reference,
        description: `Transfer received${suffix}`,
        counterpartyId: userId,
      },
    );
    tx.publish(FundsTransferred, from.id, {
      walletId: from.id,
      userId,
      transactionId: out!.id,
      amount: { minor: amountMinor, currency: from.currency },
      at: out!.at.toISOString(),
      toWalletId: to.id,
      toUserId,
      toTransactionId: into!.id,
      note,
    });
    return out!.id;
  }
}
