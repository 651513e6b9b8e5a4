import { MoneyInput } from '@crema/kit';
import { IsEmail, Length, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';

const KEY = 'Chosen by the client; the same key and input again answer with the same movement.';

@InputType({
  description:
    'paymentToken stands for a card at the payment provider; the built-in provider takes test tokens only.',
})
export class DepositFundsInput {
  @Field(() => String, { description: KEY })
  @Length(1, 200)
  idempotencyKey!: string;

  @Field(() => MoneyInput, { description: 'How much, at most 10,000.00.' })
  amount!: MoneyInput;

  @Field(() => String, { description: 'Whom to charge: tok_visa, tok_declined or tok_timeout.' })
  @Length(1, 200)
  paymentToken!: string;
}

@InputType({ description: 'What to pay out of the wallet, and whereto.' })
export class WithdrawFundsInput {
  @Field(() => String, { description: KEY })
  @Length(1, 200)
  idempotencyKey!: string;

  @Field(() => MoneyInput, { description: 'How much, at most 10,000.00.' })
  amount!: MoneyInput;

  @Field(() => String, { description: 'Whom to pay: tok_visa, tok_declined or tok_timeout.' })
  @Length(1, 200)
  payoutToken!: string;
}

@InputType({ description: 'What to send to another user.' })
export class TransferFundsInput {
  @Field(() => String, { description: KEY })
  @Length(1, 200)
  idempotencyKey!: string;

  @Field(() => MoneyInput, { description: 'How much, at most 10,000.00.' })
  amount!: MoneyInput;

  @Field(() => String, { description: 'The e-mail address by which the other signed up.' })
  @IsEmail()
  @MaxLength(254)
  toEmail!: string;

  @Field(() => String, { nullable: true, description: 'For both to read.' })
  @MaxLength(200)
  note?: string | null;
}
