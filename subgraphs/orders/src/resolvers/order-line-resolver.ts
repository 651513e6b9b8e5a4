import { FieldResolver, Resolver, Root } from 'type-graphql';
import { OrderLine } from '../entities/order-line.ts';
import { Product } from '../types/references.ts';

@Resolver(() => OrderLine)
export class OrderLineResolver {
  @FieldResolver(() => Product, { nullable: true, description: 'The product, as it is today.' })
  product(@Root() { productId }: OrderLine): Product {
    return { id: productId };
  }
}
