import { MoneyInput } from '@crema/kit';
import { ArrayMaxSize, IsInt, Length, MaxLength, Min } from 'class-validator';
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
    description: 'Refund these lines with their tax; without lines and amount, all that is left.',
  })
  @ArrayMaxSize(100)
  lineIds?: string[] | null;

  @Field(() => MoneyInput, { nullable: true, description: 'Refund this amount, its tax included.' })
  amount?: MoneyInput | null;

  @Field(() => String, { description: 'Why, for the customer to read.' })
  @Length(1, 200)
  reason!: string;
}
