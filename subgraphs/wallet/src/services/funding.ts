import {
  Money,
  once,
  type Caller,
  type Clock,
  type Database,
  type Ids,
  type Logger,
  type MoneyInput,
  type Transaction,
} from '@crema/kit';
import { FundingAttempt, type FundingKind } from '../entities/funding-attempt.ts';
import type { Wallet } from '../entities/wallet.ts';
import type { Moved } from '../types/wallet-payload.ts';
import { readAmount } from './amounts.ts';
import { FundingBooks } from './funding-books.ts';
import { FAILURE, failureOf } from './funding-failures.ts';
import type { Ledger } from './ledger.ts';
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
  private readonly booking: FundingBooks;

  constructor(
    private readonly database: Database,
    private readonly books: { wallets: Wallets; ledger: Ledger; history: WalletHistory },
    private readonly provider: PaymentProvider,
    private readonly system: { clock: Clock; ids: Ids; log: Logger },
  ) {
    this.booking = new FundingBooks(books, provider.name, system.clock);
  }

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
    if (kind === 'WITHDRAWAL') await this.booking.hold(tx, attempt);
    tx.insert(FundingAttempt, attempt);
    return attempt.id;
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
        attempt.walletTransactionId = await this.booking.succeed(tx, attempt);
        attempt.become('SUCCEEDED');
      } else {
        if (attempt.kind === 'WITHDRAWAL') await this.booking.release(tx, attempt);
        attempt.failure = FAILURE[answer];
        attempt.become('FAILED');
      }
      const { status, failure, walletTransactionId } = attempt;
      const changed = { status, failure, walletTransactionId };
      tx.update(FundingAttempt, attemptId, changed);
      return attempt;
    });
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
