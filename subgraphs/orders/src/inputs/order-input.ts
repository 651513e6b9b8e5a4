import { DateTime, MoneyInput } from '@crema/kit';
import { Field, ID, InputType, Int } from 'type-graphql';

/*
 * What may be ordered is decided by `services/price-order.ts` alone, lengths and ranges included, so that a
 * quote and an order answer with every problem at once.
 */

@InputType({ description: 'One product with its options.' })
export class OrderLineInput {
  @Field(() => ID, { description: 'The product on the menu.' })
  productId!: string;

  @Field(() => Int, { description: 'How many, from 1 to 50.' })
  quantity!: number;

  @Field(() => [ID], {
    nullable: true,
    description: 'The chosen options; a group without one takes its defaults.',
  })
  optionIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'A wish for this line, at most 200 characters.',
  })
  note?: string | null;
}

@InputType({ description: 'What a customer wants, where and when.' })
export class OrderInput {
  @Field(() => ID, { description: 'The café that makes it.' })
  cafeId!: string;

  @Field(() => [OrderLineInput], { description: 'The products, from 1 to 100 lines.' })
  lines!: OrderLineInput[];

  @Field(() => MoneyInput, { nullable: true, description: 'For the people behind the counter.' })
  tip?: MoneyInput | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When to collect it; as soon as possible unless told.',
  })
  pickupAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'A wish for the whole order, at most 200 characters.',
  })
  note?: string | null;
}

@InputType({ description: 'An order to place, once per key.' })
export class PlaceOrderInput {
  @Field(() => String, {
    description:
      'Made by the client, 1 to 200 characters: the same key and input answer with the same order.',
  })
  idempotencyKey!: string;

  @Field(() => OrderInput, { description: 'What to place.' })
  order!: OrderInput;

  @Field(() => MoneyInput, {
    nullable: true,
    description: 'Refuse if the total differs from what the customer saw.',
  })
  expectedTotal?: MoneyInput | null;
}
