import type { Logger, Transaction } from '@crema/kit';
import { Order } from '../entities/order.ts';

/** Works on the order that a fact is about, locked. A fact about none of ours changes nothing. */
export async function withOrder(
  tx: Transaction,
  orderId: string,
  log: Logger,
  work: (order: Order) => Promise<void>,
): Promise<void> {
  const order = await tx.lock(Order, orderId);
  if (order) await work(order);
  else log.warn({ orderId }, 'a fact is about an order that does not exist');
}
