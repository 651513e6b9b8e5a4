import { Money } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';
import { Cafe } from './cafe.ts';

@ObjectType({ description: 'The sales of one café.' })
export class CafeSales {
  @Field(() => Cafe, { nullable: true, description: 'The café.' })
  cafe!: Cafe;

  @Field(() => Money, { description: 'Net sales, without tax and tip.' })
  revenue!: Money;

  @Field(() => Int, { description: 'How many sales.' })
  orders!: number;

  @Field(() => Int, { description: 'How many pieces were sold.' })
  items!: number;
}
