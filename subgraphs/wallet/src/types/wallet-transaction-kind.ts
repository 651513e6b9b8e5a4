import { registerEnumType } from 'type-graphql';

export enum WalletTransactionKind {
  DEPOSIT = 'DEPOSIT',
  WITHDRAWAL = 'WITHDRAWAL',
  TRANSFER_IN = 'TRANSFER_IN',
  TRANSFER_OUT = 'TRANSFER_OUT',
  PAYMENT = 'PAYMENT',
  REFUND = 'REFUND',
}

registerEnumType(WalletTransactionKind, {
  name: 'WalletTransactionKind',
  description: 'What moved the money, and so in which direction.',
  valuesConfig: {
    DEPOSIT: { description: 'In: from a card.' },
    WITHDRAWAL: { description: 'Out: to a card.' },
    TRANSFER_IN: { description: "In: from another user's wallet." },
    TRANSFER_OUT: { description: "Out: to another user's wallet." },
    PAYMENT: { description: 'Out: an order was paid.' },
    REFUND: { description: 'In: money of an order came back.' },
  },
});

/** 1 where the kind adds to the balance, -1 where it takes from it. */
export const SIGN = {
  DEPOSIT: 1,
  WITHDRAWAL: -1,
  TRANSFER_IN: 1,
  TRANSFER_OUT: -1,
  PAYMENT: -1,
  REFUND: 1,
} satisfies Record<WalletTransactionKind, 1 | -1>;
