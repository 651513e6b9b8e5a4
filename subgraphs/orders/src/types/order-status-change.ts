import { DateTime } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import type { OrderChange } from '../entities/order-change.ts';
import { OrderStatus } from '../entities/order-status.ts';

@ObjectType({ description: "A change of an order's status, as it is told live." })
export class OrderStatusChange {
  @Field(() => String, { description: 'Its place in the history; pass it as `after` to resume.' })
  eventId!: string;

  @Field(() => DateTime, { description: 'When it changed.' })
  at!: Date;

  @Field(() => OrderStatus, { description: 'What the order became.' })
  status!: OrderStatus;

  @Field(() => OrderStatus, {
    nullable: true,
    description:
      'What it was before. The same as `status` when only the time of a pickup order on the queue has come.',
  })
  previousStatus!: OrderStatus | null;

  orderId!: string;

  static of({ position, at, status, previousStatus, orderId }: OrderChange): OrderStatusChange {
    return Object.assign(new OrderStatusChange(), {
      eventId: String(position),
      at,
      status,
      previousStatus,
      orderId,
    });
  }
}
