import { on, type Consumer, type Logger } from '@crema/kit';
import { PaymentCaptured, PaymentRefunded, PaymentRefused } from '@crema/schema/events';
import type { AdvanceOrder } from '../services/advance-order.ts';
import type { Payments } from '../services/payments.ts';
import { withOrder } from './with-order.ts';

/** What wallet says to a payment that is due, and to money that goes back. */
export const paymentConsumers = (
  advance: AdvanceOrder,
  payments: Payments,
  log: Logger,
): Consumer[] => [
  on(PaymentCaptured, 'orders.confirm-paid', (tx, { key, data }) =>
    withOrder(tx, key, log, (order) =>
      payments.captured(tx, order, { ...data, at: new Date(data.at) }),
    ),
  ),
  on(PaymentRefused, 'orders.reject-unpaid', (tx, { key, data }) =>
    withOrder(tx, key, log, async (order) => {
      await advance.run(tx, order, 'PAYMENT_REFUSED', { detail: data.message });
    }),
  ),
  on(PaymentRefunded, 'orders.keep-refund', (tx, { key, data }) =>
    withOrder(tx, key, log, (order) =>
      payments.refunded(tx, order, { ...data, at: new Date(data.at) }),
    ),
  ),
];
