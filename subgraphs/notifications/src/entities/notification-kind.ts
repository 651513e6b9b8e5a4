import { registerEnumType } from 'type-graphql';

export enum NotificationKind {
  ORDER_CONFIRMED = 'ORDER_CONFIRMED',
  ORDER_READY = 'ORDER_READY',
  ORDER_REJECTED = 'ORDER_REJECTED',
  ORDER_CANCELLED = 'ORDER_CANCELLED',
  ORDER_REFUNDED = 'ORDER_REFUNDED',
  WALLET_FUNDED = 'WALLET_FUNDED',
  TRANSFER_RECEIVED = 'TRANSFER_RECEIVED',
  PASSWORD_RESET = 'PASSWORD_RESET',
  LOW_STOCK = 'LOW_STOCK',
}

registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description: 'What a notification is about.',
  valuesConfig: {
    ORDER_CONFIRMED: { description: 'The café will make the order.' },
    ORDER_READY: { description: 'The order waits at the counter.' },
    ORDER_REJECTED: { description: 'The order could not be accepted.' },
    ORDER_CANCELLED: { description: 'The order ended before it was collected.' },
    ORDER_REFUNDED: { description: 'Part or all of what was paid for an order is back.' },
    WALLET_FUNDED: { description: 'A deposit arrived in the wallet.' },
    TRANSFER_RECEIVED: { description: 'Somebody sent money to the wallet.' },
    PASSWORD_RESET: { description: 'A one-time code; always sent, by e-mail alone.' },
    LOW_STOCK: { description: 'For managers: an ingredient fell to its reorder point.' },
  },
});
