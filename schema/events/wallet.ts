import { z } from 'zod';
import { id, instant, money } from './common.ts';
import { defineEvent } from './define-event.ts';

const topic = 'wallet.ledger';

/** An order is paid from its customer's wallet. Key: the order's id. */
export const PaymentCaptured = defineEvent({
  type: 'wallet.payment.captured',
  version: 1,
  topic,
  data: z.object({ customerId: id(), cafeId: id(), amount: money(), at: instant() }),
});

/** An order cannot be paid; nothing was taken. Key: the order's id. */
export const PaymentRefused = defineEvent({
  type: 'wallet.payment.refused',
  version: 1,
  topic,
  data: z.object({
    customerId: id(),
    code: z.enum(['INSUFFICIENT_FUNDS']),
    /** For the customer to read. */
    message: z.string(),
  }),
});

/** Money of an order is back in its customer's wallet. Key: the order's id. */
export const PaymentRefunded = defineEvent({
  type: 'wallet.payment.refunded',
  version: 1,
  topic,
  data: z.object({
    customerId: id(),
    cafeId: id(),
    /** The refund's id, or null when the whole order was given back because it ended early. */
    refundId: id().nullable(),
    amount: money(),
    /** What of the amount was for goods, tax and tip, as far as the refund told. */
    amounts: z.object({ subtotal: money(), tax: money(), tip: money(), total: money() }).optional(),
    at: instant(),
  }),
});

const movement = z.object({
  walletId: id(),
  userId: id(),
  transactionId: id(),
  amount: money(),
  at: instant(),
});

/** Key: the wallet's id. */
export const FundsDeposited = defineEvent({
  type: 'wallet.funds.deposited',
  version: 1,
  topic,
  data: movement,
});

/** Key: the wallet's id. */
export const FundsWithdrawn = defineEvent({
  type: 'wallet.funds.withdrawn',
  version: 1,
  topic,
  data: movement,
});

const held = z.object({ walletId: id(), userId: id(), amount: money(), at: instant() });

/** Money is set aside for a withdrawal that is under way. Key: the wallet's id. */
export const FundsHeld = defineEvent({
  type: 'wallet.funds.held',
  version: 1,
  topic,
  data: held,
});

/** A withdrawal came to nothing; what was set aside for it is available again. Key: the wallet's id. */
export const FundsReleased = defineEvent({
  type: 'wallet.funds.released',
  version: 1,
  topic,
  data: held,
});

/** Key: the sender's wallet's id. */
export const FundsTransferred = defineEvent({
  type: 'wallet.funds.transferred',
  version: 1,
  topic,
  data: movement.extend({
    toWalletId: id(),
    toUserId: id(),
    toTransactionId: id(),
    note: z.string().nullable(),
  }),
});
