import { DateTime } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import { OrderStatus } from '../entities/order-status.ts';
import { User } from './references.ts';

@ObjectType({ description: "One step of an order's life." })
export class OrderTimelineEntry {
  @Field(() => OrderStatus, { description: 'What the order became.' })
  status!: OrderStatus;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;

  @Field(() => User, {
    nullable: true,
    description: 'Who decided it; null for the system, and for customers when it was the staff.',
  })
  actor!: User | null;

  @Field(() => String, { nullable: true, description: 'Why, for people to read.' })
  reason!: string | null;
}
