import type { Clock, Logger, MoneyValue, Transaction } from '@crema/kit';
import { availableId, heldId, LedgerAccount, revenueId } from '../entities/ledger-account.ts';
import { Payment, type PaymentStatus } from '../entities/payment.ts';
import { walletIdOf } from '../entities/wallet.ts';
import { WalletTransactionKind } from '../types/wallet-transaction-kind.ts';
import type { Book, Ledger, Posting } from './ledger.ts';
import type { WalletHistory } from './wallet-history.ts';

export interface DueOrder {
  readonly orderId: string;
  readonly number: string;
  readonly customerId: string;
  readonly cafeId: string;
  readonly total: MoneyValue;
}

/** Pays orders from their customers' wallets and gives money back. Whatever is asked twice is done once. */
export class Payments {
  constructor(
    private readonly ledger: Ledger,
    private readonly history: WalletHistory,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /**
   * Holds the total and captures it, in one go, or refuses; null when that was decided before. On the way of
   * every order: eight statements.
   */
  async pay(tx: Transaction, due: DueOrder): Promise<'CAPTURED' | 'REFUSED' | 'CLOSED' | null> {
    const { payment, book } = await this.begin(tx, due);
    if (!book) return payment.status === 'CLOSED' ? 'CLOSED' : null;
    if (payment.status === 'HELD') {
      payment.become('CAPTURED', this.clock.now());
      await this.move(tx, book, payment, holding(payment), capturing(payment));
    }
    tx.insert(Payment, payment);
    return payment.status === 'CAPTURED' ? 'CAPTURED' : 'REFUSED';
  }

  /** Sets the total aside, to be captured or released later. False when it was refused or decided before. */
  async hold(tx: Transaction, due: DueOrder): Promise<boolean> {
    const { payment, book } = await this.begin(tx, due);
    if (!book) return false;
    if (payment.status === 'HELD') await this.move(tx, book, payment, holding(payment));
    tx.insert(Payment, payment);
    return payment.status === 'HELD';
  }

  /** Gives the café what is held. False when the hold is resolved already, or never was. */
  capture(tx: Transaction, orderId: string): Promise<boolean> {
    return this.resolve(tx, orderId, 'CAPTURED', capturing);
  }

  /** Gives the customer back what is held. False when the hold is resolved already, or never was. */
  release(tx: Transaction, orderId: string): Promise<boolean> {
    return this.resolve(tx, orderId, 'RELEASED', releasing);
  }

  /**
   * The order ended early. A hold is released, a captured payment given back unless the café keeps it; what
   * is not paid yet never will be. Returns what was given back.
   */
  async close(
    tx: Transaction,
    order: DueOrder,
    { givesBack }: { givesBack: boolean },
  ): Promise<MoneyValue | null> {
    const payment = await tx.lock(Payment, order.orderId);
    if (!payment) {
      tx.insert(Payment, paymentOf(order, 'CLOSED', this.clock.now()));
      return null;
    }
    if (payment.status === 'HELD') await this.release(tx, order.orderId);
    if (payment.status !== 'CAPTURED' || !givesBack) return null;
    return this.giveBack(tx, payment, payment.refundableMinor, `order:${order.orderId}:refund`);
  }

  /** Gives back a part of what was paid, never more than is left of it; returns how much. */
  async refund(
    tx: Transaction,
    orderId: string,
    refundId: string,
    amount: MoneyValue,
  ): Promise<MoneyValue | null> {
    const payment = await tx.lock(Payment, orderId);
    const reference = `order:${orderId}:refund:${refundId}`;
    if (payment?.status !== 'CAPTURED' || payment.currency !== amount.currency) {
      this.log.warn({ orderId, refundId, status: payment?.status }, 'there is nothing to refund');
      return null;
    }
    if (await this.ledger.has(tx, reference)) return null;
    const minor = Math.min(amount.minor, payment.refundableMinor);
    if (minor < amount.minor) {
      this.log.warn({ orderId, refundId, asked: amount.minor, minor }, 'more than paid to refund');
    }
    return this.giveBack(tx, payment, minor, reference);
  }

  /** Without a book it was decided before. The wallet may be missing: then only nothing can be paid. */
  private async begin(
    tx: Transaction,
    due: DueOrder,
  ): Promise<{ payment: Payment; book: Book | null }> {
    const known = await tx.lock(Payment, due.orderId);
    if (known) return { payment: known, book: null };
    const payment = paymentOf(due, 'HELD', this.clock.now());
    const book = await this.open(tx, payment);
    const state = book.wallet(payment.walletId);
    const isCovered =
      payment.totalMinor === 0 ||
      (state?.currency === payment.currency && state.availableMinor >= payment.totalMinor);
    if (!isCovered) payment.status = 'REFUSED';
    return { payment, book };
  }

  private async resolve(
    tx: Transaction,
    orderId: string,
    status: PaymentStatus,
    postingOf: (payment: Payment) => Posting,
  ): Promise<boolean> {
    const payment = await tx.lock(Payment, orderId);
    if (!payment?.can(status)) return false;
    payment.become(status, this.clock.now());
    await this.move(tx, await this.open(tx, payment), payment, postingOf(payment));
    const { updatedAt } = payment;
    tx.update(Payment, orderId, { status, updatedAt });
    return true;
  }

  private async giveBack(
    tx: Transaction,
    payment: Payment,
    minor: number,
    reference: string,
  ): Promise<MoneyValue | null> {
    if (minor <= 0) return null;
    const { orderId, orderNumber, walletId, cafeId, currency } = payment;
    const now = this.clock.now();
    payment.refundedMinor += minor;
    if (payment.refundableMinor === 0) payment.become('REFUNDED', now);
    const book = await this.open(tx, payment);
    await book.post({
      reference,
      entries: [
        [revenueId(cafeId, currency), -minor],
        [availableId(walletId), minor],
      ],
    });
    await this.history.record(tx, book, {
      walletId,
      kind: WalletTransactionKind.REFUND,
      amountMinor: minor,
      reference,
      description: `Refund for order ${orderNumber}`,
      orderId,
    });
    const { status, refundedMinor } = payment;
    tx.update(Payment, orderId, { status, refundedMinor, updatedAt: now });
    return { minor, currency };
  }

  private open(tx: Transaction, { walletId, cafeId, currency }: Payment): Promise<Book> {
    return this.ledger.open(tx, [walletId], [LedgerAccount.open('CAFE_REVENUE', cafeId, currency)]);
  }

  /** What costs nothing moves nothing. */
  private async move(
    tx: Transaction,
    book: Book,
    payment: Payment,
    ...postings: readonly Posting[]
  ): Promise<void> {
    const { orderId, orderNumber, walletId, totalMinor, status } = payment;
    if (totalMinor === 0) return;
    await book.post(...postings);
    if (status !== 'CAPTURED') return;
    await this.history.record(tx, book, {
      walletId,
      kind: WalletTransactionKind.PAYMENT,
      amountMinor: totalMinor,
      reference: capturing(payment).reference,
      description: `Payment for order ${orderNumber}`,
      orderId,
    });
  }
}

const paymentOf = (due: DueOrder, status: PaymentStatus, now: Date): Payment =>
  Object.assign(new Payment(), {
    orderId: due.orderId,
    orderNumber: due.number,
    customerId: due.customerId,
    walletId: walletIdOf(due.customerId),
    cafeId: due.cafeId,
    status,
    currency: due.total.currency,
    totalMinor: due.total.minor,
    refundedMinor: 0,
    createdAt: now,
    updatedAt: now,
  });

const holding = ({ orderId, walletId, totalMinor }: Payment): Posting => ({
  reference: `order:${orderId}:hold`,
  entries: [
    [availableId(walletId), -totalMinor],
    [heldId(walletId), totalMinor],
  ],
});

const capturing = ({ orderId, walletId, cafeId, currency, totalMinor }: Payment): Posting => ({
  reference: `order:${orderId}:capture`,
  entries: [
    [heldId(walletId), -totalMinor],
    [revenueId(cafeId, currency), totalMinor],
  ],
});

const releasing = ({ orderId, walletId, totalMinor }: Payment): Posting => ({
  reference: `order:${orderId}:release`,
  entries: [
    [heldId(walletId), -totalMinor],
    [availableId(walletId), totalMinor],
  ],
});
