import {
  Money,
  once,
  refused,
  type Caller,
  type Clock,
  type Database,
  type Ids,
  type Logger,
  type MoneyInput,
  type Refusal,
  type Transaction,
} from '@crema/kit';
import { FundsDeposited, FundsHeld, FundsReleased, FundsWithdrawn } from '@crema/schema/events';
import {
  FundingAttempt,
  type FundingFailure,
  type FundingKind,
} from '../entities/funding-attempt.ts';
import { availableId, clearingId, heldId, LedgerAccount } from '../entities/ledger-account.ts';
import type { Wallet } from '../entities/wallet.ts';
import type { Moved } from '../types/wallet-payload.ts';
import { WalletTransactionKind } from '../types/wallet-transaction-kind.ts';
import { readAmount } from './amounts.ts';
import type { Book, Ledger } from './ledger.ts';
import type { PaymentProvider, ProviderAnswer } from './payment-provider.ts';
import type { WalletHistory } from './wallet-history.ts';
import type { Wallets } from './wallets.ts';
import { withDeadline } from './with-deadline.ts';

/** How long a request waits for the provider. */
export const PATIENCE_MS = 10_000;
/** How long the provider may begin with what it was asked. */
const VALID_MS = 15_000;
/** Clocks differ. */
const GRACE_MS = 5_000;
const MOST_AT_ONCE = 100;

export interface FundingRequest {
  readonly idempotencyKey: string;
  readonly amount: MoneyInput;
  /** Stands for a card. It is handed to the provider and not kept. */
  readonly token: string;
}

/**
 * Moves money between cards and wallets. Each attempt is written down before the provider is asked, and what
 * the provider answers is booked after: a crash or silence in between is settled by asking it again, by the
 * attempt's id, so that money is neither lost nor booked twice. No transaction waits for the provider.
 */
export class Funding {
  constructor(
    private readonly database: Database,
    private readonly books: { wallets: Wallets; ledger: Ledger; history: WalletHistory },
    private readonly provider: PaymentProvider,
    private readonly system: { clock: Clock; ids: Ids; log: Logger },
  ) {}

  /** Takes money from a card into the caller's wallet. */
  deposit(caller: Caller, request: FundingRequest): Promise<Moved> {
    return this.run('DEPOSIT', caller.requireId(), request);
  }

  /** Gives money of the caller's wallet to a card. It is held until the provider has answered. */
  withdraw(caller: Caller, request: FundingRequest): Promise<Moved> {
    return this.run('WITHDRAWAL', caller.requireId(), request);
  }

  private async run(kind: FundingKind, userId: string, request: FundingRequest): Promise<Moved> {
    const begun = await this.begin(kind, userId, request);
    if (begun.isResolved) return this.answerOf(begun);
    return this.answerOf(await this.record(begun.id, await this.ask(begun, request.token)));
  }

  /** Asks again what became of attempts that nobody waits for any more. */
  async settleOpen(): Promise<void> {
    const now = this.system.clock.now().getTime();
    const open = await this.database.read
      .createQueryBuilder(FundingAttempt, 'attempt')
      .where('attempt.status IN (:...statuses)', { statuses: ['PENDING', 'UNKNOWN'] })
      .andWhere('attempt.askedAt <= :before', { before: now - PATIENCE_MS })
      .orderBy('attempt.askedAt')
      .take(MOST_AT_ONCE)
      .getMany();
    for (const { id, validUntil } of open) {
      const isSilenceFinal = now > validUntil.getTime() + GRACE_MS;
      try {
        const answer = (await this.provider.find(id)) ?? (isSilenceFinal ? 'TOO_LATE' : null);
        if (answer !== null) await this.record(id, answer);
      } catch (error) {
        this.system.log.warn({ attemptId: id, err: error }, 'an attempt could not be settled');
      }
    }
  }

  private begin(
    kind: FundingKind,
    userId: string,
    { idempotencyKey, amount, token }: FundingRequest,
  ): Promise<FundingAttempt> {
    return this.database.transaction(async (tx) => {
      const wallet = await this.books.wallets.ensure(tx, userId);
      const money = readAmount(amount, wallet.currency);
      const now = this.system.clock.now();
      const input = { amount: money.toValue(), token };
      const id = await once(
        tx,
        { owner: userId, operation: OPERATION[kind], key: idempotencyKey, input, now },
        () => this.open(tx, kind, wallet, money),
      );
      const attempt = (await tx.lock(FundingAttempt, id))!;
      if (attempt.isResolved) return attempt;
      if (attempt.status === 'UNKNOWN') attempt.become('PENDING');
      attempt.askedAt = now;
      attempt.validUntil = new Date(now.getTime() + VALID_MS);
      const { status, askedAt, validUntil } = attempt;
      tx.update(FundingAttempt, id, { status, askedAt, validUntil });
      return attempt;
    });
  }

  private async open(
    tx: Transaction,
    kind: FundingKind,
    wallet: Wallet,
    { minor, currency }: Money,
  ): Promise<string> {
    const now = this.system.clock.now();
    const attempt = Object.assign(new FundingAttempt(), {
      id: this.system.ids.next(),
      kind,
      status: 'PENDING' as const,
      userId: wallet.ownerId,
      walletId: wallet.id,
      currency,
      amountMinor: minor,
      failure: null,
      walletTransactionId: null,
      createdAt: now,
      askedAt: now,
      validUntil: now,
    });
    if (kind === 'WITHDRAWAL') await this.hold(tx, attempt);
    tx.insert(FundingAttempt, attempt);
    return attempt.id;
  }

  private async hold(tx: Transaction, attempt: FundingAttempt): Promise<void> {
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

  /** Null when the provider did not say what it did. */
  private async ask(attempt: FundingAttempt, token: string): Promise<ProviderAnswer | null> {
    const { id, amountMinor, currency, validUntil } = attempt;
    const request = { token, amount: new Money(amountMinor, currency), validUntil };
    const { clock, log } = this.system;
    try {
      const asked =
        attempt.kind === 'DEPOSIT'
          ? this.provider.charge(id, request)
          : this.provider.payOut(id, request);
      return await withDeadline(clock, PATIENCE_MS, asked);
    } catch (error) {
      log.warn({ attemptId: id, err: error }, 'the payment provider did not answer');
      return null;
    }
  }

  /** Books what the provider answered, once. */
  private record(attemptId: string, answer: ProviderAnswer | null): Promise<FundingAttempt> {
    return this.database.transaction(async (tx) => {
      const attempt = (await tx.lock(FundingAttempt, attemptId))!;
      if (attempt.isResolved) {
        this.complainOfContradiction(attempt, answer);
        return attempt;
      }
      // Asked once more in the meantime: that answer counts.
      const isTooEarly = answer === 'TOO_LATE' && this.system.clock.now() <= attempt.validUntil;
      if (answer === null || isTooEarly) {
        if (attempt.status === 'PENDING') attempt.become('UNKNOWN');
      } else if (answer === 'SUCCEEDED') {
        attempt.walletTransactionId = await this.succeed(tx, attempt);
        attempt.become('SUCCEEDED');
      } else {
        if (attempt.kind === 'WITHDRAWAL') await this.release(tx, attempt);
        attempt.failure = FAILURE[answer];
        attempt.become('FAILED');
      }
      const { status, failure, walletTransactionId } = attempt;
      const changed = { status, failure, walletTransactionId };
      tx.update(FundingAttempt, attemptId, changed);
      return attempt;
    });
  }

  private async succeed(tx: Transaction, attempt: FundingAttempt): Promise<string> {
    const { id, kind, userId, walletId, currency, amountMinor } = attempt;
    const isDeposit = kind === 'DEPOSIT';
    const book = await this.openWithClearing(tx, attempt);
    const clearing = clearingId(this.provider.name, currency);
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

  private async release(tx: Transaction, attempt: FundingAttempt): Promise<void> {
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
      at: this.system.clock.now().toISOString(),
    });
  }

  private openWithClearing(tx: Transaction, attempt: FundingAttempt): Promise<Book> {
    const { walletId, currency } = attempt;
    const clearing = LedgerAccount.open('PROVIDER_CLEARING', this.provider.name, currency);
    return this.books.ledger.open(tx, [walletId], [clearing]);
  }

  private async answerOf(attempt: FundingAttempt): Promise<Moved> {
    if (attempt.status !== 'SUCCEEDED') throw failureOf(attempt);
    const [wallet, transaction] = await Promise.all([
      this.books.wallets.present(attempt.userId),
      this.books.history.find(attempt.walletTransactionId!),
    ]);
    return { wallet, transaction: transaction! };
  }

  /** A provider that says two things of one key has to be called by a person. */
  private complainOfContradiction(attempt: FundingAttempt, answer: ProviderAnswer | null): void {
    if (answer !== null && (answer === 'SUCCEEDED') !== (attempt.status === 'SUCCEEDED')) {
      const { id: attemptId, status } = attempt;
      this.system.log.error({ attemptId, status, answer }, 'the provider contradicts itself');
    }
  }
}

const OPERATION = {
  DEPOSIT: 'depositFunds',
  WITHDRAWAL: 'withdrawFunds',
} satisfies Record<FundingKind, string>;

const FAILURE = {
  DECLINED: 'PAYMENT_DECLINED',
  INVALID_TOKEN: 'INVALID_PAYMENT_TOKEN',
  TOO_LATE: 'PAYMENT_TIMED_OUT',
} satisfies Record<Exclude<ProviderAnswer, 'SUCCEEDED'>, FundingFailure>;

export const insufficientFunds = (): Refusal =>
  refused('INSUFFICIENT_FUNDS', 'There is not enough money in your wallet.', ['amount']);

function failureOf({ kind, status, failure }: FundingAttempt): Refusal {
  const field = [kind === 'DEPOSIT' ? 'paymentToken' : 'payoutToken'];
  switch (failure) {
    case 'PAYMENT_DECLINED':
      return refused(failure, 'The card was declined. Try another one.', field);
    case 'INVALID_PAYMENT_TOKEN':
      return refused(failure, 'The payment provider does not know this card.', field);
    case 'PAYMENT_TIMED_OUT':
      return refused(failure, 'The payment provider did not answer; no money moved.', field);
    case null:
      if (status === 'UNKNOWN' || status === 'PENDING') {
        return refused('PAYMENT_TIMED_OUT', STILL_OPEN[kind], field);
      }
      throw new Error(`a ${status} attempt is no failure`);
  }
}

const STILL_OPEN = {
  DEPOSIT:
    'The payment provider did not answer in time. Nothing is booked; it is safe to try again with the same key.',
  WITHDRAWAL:
    'The payment provider did not answer in time. The amount is held until it does; it is safe to try again with the same key.',
} satisfies Record<FundingKind, string>;
