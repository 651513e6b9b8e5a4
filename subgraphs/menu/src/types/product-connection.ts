import { connectionType, edgeType, type Connection } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';
import { Product } from '../entities/product.ts';

@ObjectType({ description: 'One product of the list.' })
export class ProductEdge extends edgeType('Product', () => Product) {}

@ObjectType({ description: 'A page of products.' })
export class ProductConnection extends connectionType('Product', () => Product, ProductEdge) {
  @Field(() => Int, { description: 'How many products the whole list has.' })
  totalCount!: number;
}

/** What the services hand to `ProductConnection`. */
export interface ProductPage extends Connection<Product> {
  totalCount: number;
}
