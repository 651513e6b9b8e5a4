import type { Context } from '@crema/kit';
import { Arg, Ctx, Directive, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { OrderChange } from '../entities/order-change.ts';
import { Order } from '../entities/order.ts';
import type { OrderReader } from '../services/order-reader.ts';
import { OrderStatusChange } from '../types/order-status-change.ts';

@Resolver(() => OrderStatusChange)
export class StatusChangeResolver {
  constructor(private readonly reader: OrderReader) {}

  @Directive('@authenticated')
  @Subscription(() => OrderStatusChange, {
    topics: 'orderStatusChanged',
    description:
      'The current state first, then every change; ends after a final one. after resumes from an event already seen, missing none.',
  })
  orderStatusChanged(
    @Root() change: OrderChange,
    @Arg('orderId', () => ID, { description: 'Which order.' }) _orderId: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The eventId of the last event already seen.',
    })
    _after: string | null,
  ): OrderStatusChange {
    return OrderStatusChange.of(change);
  }

  @Directive('@authenticated')
  @Subscription(() => Order, {
    topics: 'orderEstimateChanged',
    description:
      'The order as it is, then with each of its steps and whenever `estimatedReadyAt` has moved by a minute; ends with the order.',
  })
  orderEstimateChanged(
    @Root() order: Order,
    @Arg('orderId', () => ID, { description: 'Which order.' }) _orderId: string,
  ): Order {
    return order;
  }

  @Directive('@requiresScopes(scopes: [["queue:work"]])')
  @Subscription(() => OrderStatusChange, {
    topics: 'cafeQueueChanged',
    description:
      'Every change of an order at the café from now on, or after an event already seen.',
  })
  cafeQueueChanged(
    @Root() change: OrderChange,
    @Arg('cafeId', () => ID, { description: 'Which café.' }) _cafeId: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The eventId of the last event already seen.',
    })
    _after: string | null,
  ): OrderStatusChange {
    return OrderStatusChange.of(change);
  }

  @FieldResolver(() => Order, { description: 'The order as it is now.' })
  async order(@Root() { orderId }: OrderStatusChange, @Ctx() { loaders }: Context): Promise<Order> {
    return (await loaders.load(this.reader.orders, orderId))!;
  }
}
