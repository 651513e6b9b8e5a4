import { DateTime, Money } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The sales of one interval.' })
export class SalesPoint {
  @Field(() => DateTime, {
    description:
      "When the interval begins in the café's time zone, the earliest one where there are several. The first week or month may begin before the range; only the range's days are in it.",
  })
  startsAt!: Date;

  @Field(() => Money, { description: 'Net sales, without tax and tip.' })
  revenue!: Money;

  @Field(() => Int, { description: 'How many sales.' })
  orders!: number;

  @Field(() => Int, { description: 'How many pieces were sold.' })
  items!: number;
}
