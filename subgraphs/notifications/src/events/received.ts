import { hearing, type Collection, type Hearing } from '@crema/kit';
import { DeliveryEnded } from '@crema/schema/events';
import type { Notification } from '../entities/notification.ts';

/** What stands in somebody's list since another process wrote it there. */
export const whenReceived = (notifications: Collection<Notification>): Hearing<Notification> =>
  hearing(
    DeliveryEnded,
    ({ data }) => data.userId,
    async ({ key, data: { channel, status } }) =>
      channel === 'IN_APP' && status === 'SENT' ? notifications.get(key) : null,
  );
