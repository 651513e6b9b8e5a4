import { DateTime } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A time at which orders can be collected.' })
export class PickupSlot {
  @Field(() => DateTime, { description: 'From when.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'Until when.' })
  endsAt!: Date;

  @Field(() => Int, { description: 'How many orders it still takes.' })
  remaining!: number;
}
