import { Money, UserError, type Problem } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';
import type { Quote } from '../services/quote-order.ts';
import { Product } from './references.ts';

@ObjectType({ description: 'What one line would cost.' })
export class OrderQuoteLine {
  @Field(() => Product, { nullable: true, description: 'The product.' })
  product!: Product | null;

  @Field(() => Int, { description: 'How many.' })
  quantity!: number;

  @Field(() => Money, { description: 'The price of one with its options.' })
  unitPrice!: Money;

  @Field(() => Money, { description: 'The unit price times the quantity.' })
  total!: Money;
}

@ObjectType({ description: 'What an order would cost, and everything that stands in its way.' })
export class OrderQuote {
  @Field(() => [OrderQuoteLine], { description: 'In the order of the input.' })
  lines!: OrderQuoteLine[];

  @Field(() => Money, { description: 'The sum of the lines.' })
  subtotal!: Money;

  @Field(() => Money, { description: "The café's tax on the subtotal." })
  tax!: Money;

  @Field(() => Money, { description: 'For the people behind the counter; untaxed.' })
  tip!: Money;

  @Field(() => Money, { description: 'Subtotal, tax and tip.' })
  total!: Money;

  @Field(() => [UserError], { description: 'Empty when it can be placed.' })
  userErrors!: readonly Problem[];

  cafeId!: string | null;
  items!: number;
  pickupAt!: Date | null;

  static of({ cafe, lines, subtotal, tax, tip, total, pickupAt, problems }: Quote): OrderQuote {
    return Object.assign(new OrderQuote(), {
      lines: lines.map(({ productId, productName, quantity, unitPrice, total: lineTotal }) =>
        Object.assign(new OrderQuoteLine(), {
          product: productName === '' ? null : { id: productId },
          quantity,
          unitPrice,
          total: lineTotal,
        }),
      ),
      subtotal,
      tax,
      tip,
      total,
      userErrors: problems,
      cafeId: cafe?.id ?? null,
      items: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      pickupAt,
    });
  }
}
