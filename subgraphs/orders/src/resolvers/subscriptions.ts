import { notFound, type SubscribeTo } from '@crema/kit';
import { readPosition, type OrderHistory } from '../services/order-history.ts';
import { requireSight } from '../services/order-access.ts';
import type { OrderReader } from '../services/order-reader.ts';

type After = string | null | undefined;

export const subscriptionsOf = (reader: OrderReader, history: OrderHistory) => ({
  orderStatusChanged: (async ({ orderId, after }, { caller, loaders }) => {
    caller.requireId();
    const position = readPosition(after as After);
    const order = await loaders.load(reader.orders, orderId as string);
    if (!order) throw notFound('This order');
    requireSight(caller, order);
    return history.followOrder(order, position);
  }) satisfies SubscribeTo,

  cafeQueueChanged: (({ cafeId, after }, { caller }) => {
    caller.requireAt('queue:work', cafeId as string);
    return history.followCafe(cafeId as string, readPosition(after as After));
  }) satisfies SubscribeTo,
});
