import { Money } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The sales of one category.' })
export class CategorySales {
  @Field(() => String, {
    description: 'Where the products stand in the menu today; Unknown where menu has not told.',
  })
  category!: string;

  @Field(() => Money, { description: 'Net sales, without tax.' })
  revenue!: Money;

  @Field(() => Int, { description: 'How many pieces were sold.' })
  items!: number;
}
