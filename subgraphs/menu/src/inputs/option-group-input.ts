import { MoneyInput } from '@crema/kit';
import { ArrayMaxSize, ValidateNested } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';
import { Line } from './rules.ts';

@InputType({ description: 'One of the choices of a group.' })
export class OptionInput {
  @Field(() => String, { description: 'Its name, 1 to 80 characters; unique in its group.' })
  @Line(80)
  name!: string;

  @Field(() => MoneyInput, {
    description: "What it adds to the product's price, in its currency; may be less than nothing.",
  })
  priceDelta!: MoneyInput;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is chosen beforehand.' })
  isDefault?: boolean | null;
}

@InputType({ description: 'What the customer chooses from min to max of.' })
export class OptionGroupInput {
  @Field(() => String, { description: 'Its name, 1 to 80 characters; unique in its product.' })
  @Line(80)
  name!: string;

  @Field(() => Int, { description: 'How many options must be chosen, from 0.' })
  min!: number;

  @Field(() => Int, { description: 'How many options may be chosen, from 1.' })
  max!: number;

  @Field(() => [OptionInput], { description: 'At least max of them, at most 50.' })
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  options!: OptionInput[];
}
