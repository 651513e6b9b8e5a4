import { Payload } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import { Order } from '../entities/order.ts';

@ObjectType({ description: 'The order as it is now, or what stood in the way.' })
export class OrderPayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'Null when it was refused.' })
  order?: Order | null;

  static of(order: Order): OrderPayload {
    return Object.assign(new OrderPayload(), { order });
  }
}
