import {
  BigIntColumn,
  BooleanColumn,
  IdColumn,
  JsonColumn,
  KeyColumn,
  Money,
  StringColumn,
  TextColumn,
} from '@crema/kit';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { OptionGroup, type OptionGroupData } from '../types/option-group.ts';
import { Category } from './category.ts';

@Directive('@key(fields: "id")')
@Directive('@cacheTag(format: "product-{$key.id}")')
@ObjectType({ description: 'Something that is sold.' })
@Entity('products')
export class Product {
  @Field(() => ID, { description: 'Its identifier.' })
  @KeyColumn()
  id!: string;

  @Field(() => String, { description: 'Its number in stock and on receipts; unique.' })
  @StringColumn(60)
  sku!: string;

  @Field(() => String, { description: 'Its name.' })
  @StringColumn(100)
  name!: string;

  @Field(() => String, { nullable: true, description: 'What to expect of it.' })
  @TextColumn({ nullable: true })
  description!: string | null;

  @IdColumn({ name: 'category_id' })
  categoryId!: string;

  @BigIntColumn({ name: 'price_minor' })
  priceMinor!: number;

  @StringColumn(3)
  currency!: string;

  @JsonColumn({ name: 'option_groups' })
  groups!: readonly OptionGroupData[];

  @Field(() => String, { nullable: true, description: 'Where its picture is.' })
  @StringColumn(500, { name: 'image_url', nullable: true })
  imageUrl!: string | null;

  @Field(() => [String], { description: 'What those who are allergic must know.' })
  @JsonColumn()
  allergens!: readonly string[];

  @Field(() => Boolean, { description: 'Whether it has left the menu; old orders still have it.' })
  @BooleanColumn()
  archived!: boolean;

  /** No column: set by whoever reads the product, so that the menu answers without asking again. */
  @Field(() => Category, { description: 'The section of the menu it stands in.' })
  category!: Category;

  private ready?: readonly OptionGroup[];

  @Field(() => Money, {
    description: 'The price where a café has none of its own, before options.',
  })
  get price(): Money {
    return new Money(this.priceMinor, this.currency);
  }

  @Field(() => [OptionGroup], { description: 'What the customer chooses.' })
  get optionGroups(): readonly OptionGroup[] {
    return (this.ready ??= this.groups.map((group) => new OptionGroup(group)));
  }
}
