import { Money } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import { Cafe } from '../entities/cafe.ts';
import { Category } from '../entities/category.ts';
import { Product } from '../entities/product.ts';

@ObjectType({ description: 'A product as one café sells it.' })
export class MenuItem {
  @Field(() => Product, { description: 'What is sold.' })
  readonly product: Product;

  @Field(() => Money, { description: 'The price here, before options.' })
  readonly price: Money;

  @Field(() => Boolean, { description: 'Whether it cannot be had here for now.' })
  readonly soldOut: boolean;

  constructor(product: Product, offer: Offer | null) {
    this.product = product;
    this.price = new Money(offer?.priceMinor ?? product.priceMinor, product.currency);
    this.soldOut = offer?.soldOut ?? false;
  }
}

interface Offer {
  readonly priceMinor: number | null;
  readonly soldOut: boolean;
}

@ObjectType({ description: 'A part of the menu.' })
export class MenuSection {
  @Field(() => Category, { description: 'What its products have in common.' })
  readonly category: Category;

  @Field(() => [MenuItem], { description: 'What is sold, by name.' })
  readonly items: readonly MenuItem[];

  constructor(category: Category, items: readonly MenuItem[]) {
    this.category = category;
    this.items = items;
  }
}

@ObjectType({ description: 'What one café sells.' })
export class Menu {
  @Field(() => Cafe, { nullable: true, description: 'Whose menu it is.' })
  readonly cafe: Cafe;

  @Field(() => [MenuSection], { description: 'In the order of the categories; none is empty.' })
  readonly sections: readonly MenuSection[];

  constructor(cafe: Cafe, sections: readonly MenuSection[]) {
    this.cafe = cafe;
    this.sections = sections;
  }
}
