import { grouped, inOrder, Loader, type Database } from '@crema/kit';
import { OrderChange } from '../entities/order-change.ts';
import { OrderLine } from '../entities/order-line.ts';
import { OrderRefund } from '../entities/order-refund.ts';
import { Order } from '../entities/order.ts';
import { isStep } from './order-history.ts';

/** Orders and what belongs to them, many at once. */
export class OrderReader {
  readonly orders: Loader<Order | null>;
  readonly lines: Loader<OrderLine[]>;
  /** The steps of an order's life, oldest first. */
  readonly steps: Loader<OrderChange[]>;

  /** What was promised back, oldest first. */
  readonly refunds: Loader<OrderRefund[]>;

  constructor(database: Database) {
    this.orders = new Loader(async (ids) =>
      inOrder(ids, await database.findMany(Order, ids), ({ id }) => id),
    );
    this.lines = new Loader(async (orderIds) => {
      const lines = await database.findMany(OrderLine, orderIds, { by: 'orderId' });
      lines.sort((a, b) => a.position - b.position);
      return grouped(orderIds, lines, ({ orderId }) => orderId);
    });
    this.steps = new Loader(async (orderIds) => {
      const changes = await database.findMany(OrderChange, orderIds, { by: 'orderId' });
      const steps = changes.filter(isStep).sort((a, b) => a.position - b.position);
      return grouped(orderIds, steps, ({ orderId }) => orderId);
    });
    this.refunds = new Loader(async (orderIds) => {
      const refunds = await database.findMany(OrderRefund, orderIds, { by: 'orderId' });
      refunds.sort((a, b) => a.beforeMinor - b.beforeMinor);
      return grouped(orderIds, refunds, ({ orderId }) => orderId);
    });
  }
}
