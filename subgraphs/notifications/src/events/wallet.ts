import { onIdempotent, type Consumer } from '@crema/kit';
import { FundsDeposited, FundsTransferred, PaymentRefunded } from '@crema/schema/events';
import { NotificationKind } from '../entities/notification-kind.ts';
import type { Contacts } from '../services/contacts.ts';
import type { Notifier } from '../services/notifier.ts';

export function walletConsumers(notifier: Notifier, contacts: Contacts): Consumer[] {
  return [
    onIdempotent(PaymentRefunded, 'notifications.tell-refunded', async ({ id, key, data }) => {
      // Without a refund the order ended early, and that is told when it closes.
      if (data.refundId === null) return;
      await notifier.notify(
        NotificationKind.ORDER_REFUNDED,
        { amount: data.amount },
        { eventId: id, userId: data.customerId, orderId: key },
      );
    }),
    onIdempotent(FundsDeposited, 'notifications.tell-funded', ({ id, data }) =>
      notifier.notify(
        NotificationKind.WALLET_FUNDED,
        { amount: data.amount },
        { eventId: id, userId: data.userId },
      ),
    ),
    onIdempotent(FundsTransferred, 'notifications.tell-received', async ({ id, data }) => {
      const sender = await contacts.of(data.userId);
      await notifier.notify(
        NotificationKind.TRANSFER_RECEIVED,
        { amount: data.amount, sender: sender?.name ?? null, note: data.note },
        { eventId: id, userId: data.toUserId },
      );
    }),
  ];
}
