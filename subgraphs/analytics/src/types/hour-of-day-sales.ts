import { Money } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The sales of one hour of the day, over all days of a range.' })
export class HourOfDaySales {
  @Field(() => Int, { description: "The hour of the café's wall clock, 0 to 23." })
  hour!: number;

  @Field(() => Money, { description: 'Net sales, without tax and tip.' })
  revenue!: Money;

  @Field(() => Int, { description: 'How many sales.' })
  orders!: number;
}
