import {
  BigIntColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  Money,
  StringColumn,
} from '@crema/kit';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { OrderLineOption } from '../types/order-line-option.ts';

/** An option as it was when the order was placed. */
export interface ChosenOption {
  readonly optionId: string;
  readonly name: string;
  readonly deltaMinor: number;
}

@ObjectType({ description: 'One product of an order, as it was when the order was placed.' })
@Entity('order_lines')
export class OrderLine {
  @Field(() => ID, { description: 'Its identifier.' })
  @KeyColumn()
  id!: string;

  @IdColumn({ name: 'order_id' })
  orderId!: string;

  /** From 0, in the customer's order. */
  @IntColumn()
  position!: number;

  @IdColumn({ name: 'product_id' })
  productId!: string;

  @Field(() => String, { description: "The product's name at that time." })
  @StringColumn(200, { name: 'product_name' })
  productName!: string;

  @JsonColumn()
  chosen!: readonly ChosenOption[];

  @Field(() => Int, { description: 'How many.' })
  @IntColumn()
  quantity!: number;

  @StringColumn(3)
  currency!: string;

  @BigIntColumn({ name: 'unit_minor' })
  unitMinor!: number;

  @BigIntColumn({ name: 'total_minor' })
  totalMinor!: number;

  @Field(() => String, { nullable: true, description: "The customer's wish for this line." })
  @StringColumn(200, { nullable: true })
  note!: string | null;

  @Field(() => Money, { description: 'The price of one with its options.' })
  get unitPrice(): Money {
    return new Money(this.unitMinor, this.currency);
  }

  @Field(() => Money, { description: 'The unit price times the quantity.' })
  get total(): Money {
    return new Money(this.totalMinor, this.currency);
  }

  @Field(() => [OrderLineOption], { description: 'The options with their prices at that time.' })
  get options(): OrderLineOption[] {
    return this.chosen.map(({ optionId, name, deltaMinor }) => ({
      optionId,
      name,
      priceDelta: new Money(deltaMinor, this.currency),
    }));
  }
}
