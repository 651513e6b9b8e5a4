import { Money } from '@crema/kit';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'An option of an order line.' })
export class OrderLineOption {
  @Field(() => ID, { description: "The option's identifier on the menu." })
  optionId!: string;

  @Field(() => String, { description: 'Its name at that time.' })
  name!: string;

  @Field(() => Money, { description: 'What it added to the price of one.' })
  priceDelta!: Money;
}
