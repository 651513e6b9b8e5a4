import { onIdempotent, type Consumer } from '@crema/kit';
import { CafeChanged, StockRanLow } from '@crema/schema/events';
import { NotificationKind } from '../entities/notification-kind.ts';
import type { CafeNames } from '../services/cafe-names.ts';
import type { Contacts } from '../services/contacts.ts';
import type { Notifier } from '../services/notifier.ts';

export function cafeConsumers(
  notifier: Notifier,
  cafes: CafeNames,
  contacts: Contacts,
): Consumer[] {
  return [
    onIdempotent(CafeChanged, 'notifications.learn-cafe', ({ key, time, data }) =>
      cafes.learn({ id: key, name: data.name, timeZone: data.timeZone, changedAt: time }),
    ),
    onIdempotent(StockRanLow, 'notifications.tell-low-stock', async ({ id, data }) => {
      const { ingredientName: ingredient, unit, available, reorderPoint } = data;
      const { name: cafe } = await cafes.of(data.cafeId);
      for (const { id: userId } of await contacts.managersOf(data.cafeId)) {
        await notifier.notify(
          NotificationKind.LOW_STOCK,
          { cafe, ingredient, unit, available, reorderPoint },
          { eventId: id, userId },
        );
      }
    }),
  ];
}
