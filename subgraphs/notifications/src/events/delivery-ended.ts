import { stableId, type StoredEvent } from '@crema/kit';
import { DeliveryEnded } from '@crema/schema/events';
import type { z } from 'zod';

/** The fact that a delivery ended, the same however often it is told: the log keeps it once. */
export const deliveryEnded = (
  notificationId: string,
  deliveryId: string,
  data: z.output<typeof DeliveryEnded.data>,
): StoredEvent => ({
  id: stableId(`${deliveryId}/ended`),
  type: DeliveryEnded.type,
  version: DeliveryEnded.version,
  topic: DeliveryEnded.topic,
  key: notificationId,
  source: 'notifications',
  time: data.at,
  data: DeliveryEnded.data.parse(data),
});
