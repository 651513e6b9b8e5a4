import type { Context } from '@crema/kit';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { OrderRefund } from '../entities/order-refund.ts';
import type { Order } from '../entities/order.ts';
import { seesActor } from '../services/order-access.ts';
import type { OrderReader } from '../services/order-reader.ts';
import { OrderRefundLine } from '../types/order-refund-line.ts';
import { User } from '../types/references.ts';

@Resolver(() => OrderRefund)
export class OrderRefundResolver {
  constructor(private readonly reader: OrderReader) {}

  @FieldResolver(() => [OrderRefundLine], {
    description: 'The pieces that are given back; none when it is for an amount or for all.',
  })
  async lines(
    @Root() { orderId, lines }: OrderRefund,
    @Ctx() { loaders }: Context,
  ): Promise<OrderRefundLine[]> {
    if (lines.length === 0) return [];
    const ordered = await loaders.load(this.reader.lines, orderId);
    return lines.map(({ lineId, quantity }) => ({
      line: ordered.find(({ id }) => id === lineId)!,
      quantity,
    }));
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who decided it; null for the system, and for customers when it was the staff.',
  })
  async actor(
    @Root() { orderId, actorId }: OrderRefund,
    @Ctx() { caller, loaders }: Context,
  ): Promise<User | null> {
    const order: Order | null = await loaders.load(this.reader.orders, orderId);
    return order && seesActor(caller, order, actorId) ? { id: actorId } : null;
  }
}
