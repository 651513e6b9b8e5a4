import { on, type Clock, type Consumer, type MoneyValue, type Transaction } from '@crema/kit';
import {
  OrderClosed,
  OrderPaymentDue,
  OrderRefundDue,
  PaymentCaptured,
  PaymentRefunded,
  PaymentRefused,
} from '@crema/schema/events';
import type { Payments } from '../services/payments.ts';

/** What is in a wallet is looked at and then taken: for one customer, one order after the other. */
const BY_CUSTOMER = {
  lane: ({ data }: { readonly data: { readonly customerId: string } }) => data.customerId,
};

/** Takes an order's total from its customer's wallet, or says that it cannot. */
export const payOrder = (payments: Payments, clock: Clock): Consumer =>
  on(
    OrderPaymentDue,
    'wallet.pay-order',
    async (tx, { key: orderId, data }) => {
      const { customerId, cafeId, total: amount } = data;
      const outcome = await payments.pay(tx, { orderId, ...data });
      if (outcome === 'CAPTURED') {
        const at = clock.now().toISOString();
        tx.publish(PaymentCaptured, orderId, { customerId, cafeId, amount, at });
      } else if (outcome !== null) {
        tx.publish(PaymentRefused, orderId, {
          customerId,
          code: 'INSUFFICIENT_FUNDS',
          message:
            outcome === 'CLOSED'
              ? 'The order had ended before it was paid; nothing was taken.'
              : 'There is not enough money in your wallet.',
        });
      }
    },
    BY_CUSTOMER,
  );

/** Gives back what an order that ended early has taken or holds, and takes nothing for it any more. */
export const closePayment = (payments: Payments, clock: Clock): Consumer =>
  on(
    OrderClosed,
    'wallet.close-payment',
    async (tx, { key: orderId, data }) => {
      // An order that never came about owes nothing, whatever was taken on the way.
      const givesBack = data.refundDue || data.status === 'REJECTED';
      const amount = await payments.close(tx, { orderId, ...data }, { givesBack });
      if (amount)
        tellOfRefund(tx, clock, { ...data, orderId, refundId: null, amount, amounts: undefined });
    },
    BY_CUSTOMER,
  );

/** Gives back a part of what was paid; the order stands as it is. */
export const refundOrder = (payments: Payments, clock: Clock): Consumer =>
  on(
    OrderRefundDue,
    'wallet.refund-order',
    async (tx, { key: orderId, data }) => {
      const amount = await payments.refund(tx, orderId, data.refundId, data.amount);
      if (!amount) return;
      const isWhole = amount.minor === data.amount.minor;
      const amounts = isWhole ? data.amounts : undefined;
      tellOfRefund(tx, clock, { ...data, orderId, amount, amounts });
    },
    BY_CUSTOMER,
  );

interface Refund {
  orderId: string;
  customerId: string;
  cafeId: string;
  refundId: string | null;
  amount: MoneyValue;
  /** What of the amount is for what, as the order told. */
  amounts: Record<'subtotal' | 'tax' | 'tip' | 'total', MoneyValue> | undefined;
}

function tellOfRefund(
  tx: Transaction,
  clock: Clock,
  { orderId, customerId, cafeId, refundId, amount, amounts }: Refund,
): void {
  const at = clock.now().toISOString();
  tx.publish(PaymentRefunded, orderId, { customerId, cafeId, refundId, amount, amounts, at });
}
