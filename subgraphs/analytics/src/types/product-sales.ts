import { Money } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';
import { Product } from './product.ts';

@ObjectType({ description: 'The sales of one product.' })
export class ProductSales {
  @Field(() => Product, { nullable: true, description: 'The product.' })
  product!: Product;

  @Field(() => String, { description: 'Its name today.' })
  productName!: string;

  @Field(() => String, { description: 'Its category today; Unknown until menu has told of it.' })
  category!: string;

  @Field(() => Money, { description: 'Net sales, options included, without tax.' })
  revenue!: Money;

  @Field(() => Int, { description: 'How many pieces were sold.' })
  items!: number;
}
