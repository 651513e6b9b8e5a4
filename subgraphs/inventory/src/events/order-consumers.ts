import { on, type Consumer } from '@crema/kit';
import { OrderClosed, OrderPlaced, OrderPreparing } from '@crema/schema/events';
import type { Reservations } from '../services/reservations.ts';

/** What follows for stock from what happens to an order. */
export const orderConsumers = (reservations: Reservations): Consumer[] => [
  on(OrderPlaced, 'inventory.hold-stock', (tx, { key, data }) =>
    reservations.hold(tx, key, data.cafeId, data.lines),
  ),
  on(OrderPreparing, 'inventory.consume-stock', (tx, { key }) => reservations.consume(tx, key)),
  on(OrderClosed, 'inventory.release-stock', (tx, { key, data }) =>
    reservations.release(tx, key, data.cafeId),
  ),
];
