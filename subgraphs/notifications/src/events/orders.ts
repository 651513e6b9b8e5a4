import { onIdempotent, type Consumer } from '@crema/kit';
import { OrderClosed, OrderConfirmed, OrderReady } from '@crema/schema/events';
import { NotificationKind } from '../entities/notification-kind.ts';
import type { CafeNames } from '../services/cafe-names.ts';
import type { Notifier } from '../services/notifier.ts';

export function orderConsumers(notifier: Notifier, cafes: CafeNames): Consumer[] {
  return [
    onIdempotent(OrderConfirmed, 'notifications.tell-confirmed', async ({ id, key, data }) => {
      const { name: cafe, timeZone } = await cafes.of(data.cafeId);
      const { number, amounts, pickupAt = null } = data;
      await notifier.notify(
        NotificationKind.ORDER_CONFIRMED,
        { number, cafe, timeZone, total: amounts.total, pickupAt },
        { eventId: id, userId: data.customerId, orderId: key },
      );
    }),
    onIdempotent(OrderReady, 'notifications.tell-ready', async ({ id, key, data }) => {
      const { name: cafe } = await cafes.of(data.cafeId);
      await notifier.notify(
        NotificationKind.ORDER_READY,
        { number: data.number, cafe },
        { eventId: id, userId: data.customerId, orderId: key },
      );
    }),
    onIdempotent(OrderClosed, 'notifications.tell-closed', async ({ id, key, data }) => {
      const { name: cafe } = await cafes.of(data.cafeId);
      const { number, reason, detail = null, message, wasConfirmed: wasPaid } = data;
      await notifier.notify(
        data.status === 'REJECTED'
          ? NotificationKind.ORDER_REJECTED
          : NotificationKind.ORDER_CANCELLED,
        { number, cafe, reason, detail, message, wasPaid },
        { eventId: id, userId: data.customerId, orderId: key },
      );
    }),
  ];
}
