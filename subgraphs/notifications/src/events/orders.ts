import { onIdempotent, type Consumer } from '@crema/kit';
import { OrderClosed, OrderConfirmed, OrderReady } from '@crema/schema/events';
import { NotificationKind } from '../entities/notification-kind.ts';
import type { CafeNames } from '../services/cafe-names.ts';
import type { Notifier } from '../services/notifier.ts';

export function orderConsumers(notifier: Notifier, cafes: CafeNames): Consumer[] {
  return [
    onIdempotent(OrderConfirmed, 'notifications.tell-confirmed', async ({ id, key, data }) => {
      const cafe = await cafes.of(data.cafeId);
      await notifier.notify(
        NotificationKind.ORDER_CONFIRMED,
        { number: data.number, cafe, total: data.amounts.total },
        { eventId: id, userId: data.customerId, orderId: key },
      );
    }),
    onIdempotent(OrderReady, 'notifications.tell-ready', async ({ id, key, data }) => {
      const cafe = await cafes.of(data.cafeId);
      await notifier.notify(
        NotificationKind.ORDER_READY,
        { number: data.number, cafe },
        { eventId: id, userId: data.customerId, orderId: key },
      );
    }),
    onIdempotent(OrderClosed, 'notifications.tell-closed', async ({ id, key, data }) => {
      const cafe = await cafes.of(data.cafeId);
      await notifier.notify(
        data.status === 'REJECTED'
          ? NotificationKind.ORDER_REJECTED
          : NotificationKind.ORDER_CANCELLED,
        { number: data.number, cafe, message: data.message },
        { eventId: id, userId: data.customerId, orderId: key },
      );
    }),
  ];
}
