import { stableId, type StoredEvent } from '@crema/kit';
import { SaleBooked } from '@crema/schema/events';
import type { Tick } from '../services/sales-ticker.ts';

/** The fact that a sale is booked, or that it is taken out again; the same however often it is told. */
export const saleBooked = (
  orderId: string,
  { cafeId, startsAt }: Tick,
  isCancelled: boolean,
  now: Date,
): StoredEvent => ({
  id: stableId(`${orderId}/${isCancelled ? 'cancelled' : 'booked'}`),
  type: SaleBooked.type,
  version: SaleBooked.version,
  topic: SaleBooked.topic,
  key: cafeId,
  source: 'analytics',
  time: now.toISOString(),
  data: SaleBooked.data.parse({ cafeId, startsAt: startsAt.toISOString() }),
});
