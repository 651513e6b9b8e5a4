import type { Order } from '../entities/order.ts';
import { OrderStatus } from '../entities/order-status.ts';
import type { Schedule } from './schedule-queue.ts';

const later = (a: Date, b: Date | null): Date => (b && b > a ? b : a);

/** When an order that is being thought about would be ready. */
export const readyWhenPlaced = (schedule: Schedule, items: number, pickupAt: Date | null): Date =>
  later(schedule.readyFor(items), pickupAt);

/** When an order will be ready, or was. Null for one that ended early. */
export function readyAtOf(
  { id, status, items, pickupAt, readyAt }: Order,
  schedule: Schedule,
): Date | null {
  switch (status) {
    case OrderStatus.PLACED:
    case OrderStatus.RESERVED:
      return readyWhenPlaced(schedule, items, pickupAt);
    case OrderStatus.CONFIRMED:
    case OrderStatus.PREPARING:
      // Only a queue too long to look through to its end leaves one out.
      return later(schedule.readyAt.get(id) ?? schedule.readyFor(items), pickupAt);
    case OrderStatus.READY:
    case OrderStatus.COLLECTED:
      return readyAt;
    case OrderStatus.REJECTED:
    case OrderStatus.CANCELLED:
      return null;
  }
}
