import { notFound, type Context, type SubscribeTo } from '@crema/kit';
import type { Order } from '../entities/order.ts';
import type { FollowEstimate } from '../services/follow-estimate.ts';
import { readPosition, type OrderHistory } from '../services/order-history.ts';
import { requireSight } from '../services/order-access.ts';
import type { OrderReader } from '../services/order-reader.ts';

type After = string | null | undefined;

/** The order, which the caller may see; refuses with NOT_FOUND, UNAUTHENTICATED or FORBIDDEN. */
async function orderFor(
  { caller, loaders }: Context,
  reader: OrderReader,
  orderId: unknown,
): Promise<Order> {
  caller.requireId();
  const order = await loaders.load(reader.orders, orderId as string);
  if (!order) throw notFound('This order');
  requireSight(caller, order);
  return order;
}

export const subscriptionsOf = (
  reader: OrderReader,
  history: OrderHistory,
  estimates: FollowEstimate,
) => ({
  orderStatusChanged: (async ({ orderId, after }, context) => {
    context.caller.requireId();
    const position = readPosition(after as After);
    return history.followOrder(await orderFor(context, reader, orderId), position);
  }) satisfies SubscribeTo,

  orderEstimateChanged: (async ({ orderId }, context) =>
    estimates.follow(await orderFor(context, reader, orderId))) satisfies SubscribeTo,

  cafeQueueChanged: (({ cafeId, after }, { caller }) => {
    caller.requireAt('queue:work', cafeId as string);
    return history.followCafe(cafeId as string, readPosition(after as After));
  }) satisfies SubscribeTo,
});
