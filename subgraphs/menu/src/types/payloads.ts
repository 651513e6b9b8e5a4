import { Payload } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import { Category } from '../entities/category.ts';
import { Product } from '../entities/product.ts';
import { MenuItem } from './menu.ts';

@ObjectType({ description: 'The product after the change.' })
export class ProductPayload extends Payload {
  @Field(() => Product, { nullable: true, description: 'As it is now; null when refused.' })
  product: Product | null = null;

  static of(product: Product): ProductPayload {
    return Object.assign(new ProductPayload(), { product });
  }
}

@ObjectType({ description: 'The category after the change.' })
export class CategoryPayload extends Payload {
  @Field(() => Category, { nullable: true, description: 'As it is now; null when refused.' })
  category: Category | null = null;

  static of(category: Category): CategoryPayload {
    return Object.assign(new CategoryPayload(), { category });
  }
}

@ObjectType({ description: 'How the café sells the product after the change.' })
export class MenuItemPayload extends Payload {
  @Field(() => MenuItem, { nullable: true, description: 'As it is now; null when refused.' })
  menuItem: MenuItem | null = null;

  static of(menuItem: MenuItem): MenuItemPayload {
    return Object.assign(new MenuItemPayload(), { menuItem });
  }
}
