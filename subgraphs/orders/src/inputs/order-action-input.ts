import { MoneyInput } from '@crema/kit';
import { ArrayMaxSize, IsInt, Length, MaxLength, Min, ValidateNested } from 'class-validator';
import type { RefundedLine } from '../entities/order-refund.ts';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A step of one order.' })
export class OrderActionInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse if the order has changed since it had this version.',
  })
  @IsInt()
  @Min(1)
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'Why, for the customer to read.' })
  @MaxLength(200)
  reason?: string | null;
}

@InputType({ description: "Pieces of one of an order's lines." })
export class RefundLineInput implements RefundedLine {
  @Field(() => ID, { description: 'The line.' })
  lineId!: string;

  @Field(() => Int, { description: 'How many of its pieces to give back.' })
  @IsInt()
  @Min(1)
  quantity!: number;
}

@InputType({ description: 'Money to give back for an order.' })
export class RefundOrderInput {
  @Field(() => String, {
    description: 'Made by the client, 1 to 200 characters: the same key and input refund once.',
  })
  idempotencyKey!: string;

  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Refund what is left of these lines with their tax; without lines and amount, all that is left.',
  })
  @ArrayMaxSize(100)
  lineIds?: string[] | null;

  @Field(() => [RefundLineInput], {
    nullable: true,
    description: 'Refund so many pieces of these lines with their tax.',
  })
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  lines?: RefundLineInput[] | null;

  @Field(() => MoneyInput, { nullable: true, description: 'Refund this amount, its tax included.' })
  amount?: MoneyInput | null;

  @Field(() => String, { description: 'Why, for the customer to read.' })
  @Length(1, 200)
  reason!: string;
}
