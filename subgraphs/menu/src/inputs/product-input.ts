import { MoneyInput } from '@crema/kit';
import { ArrayMaxSize, Matches, MaxLength, ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { OptionGroupInput } from './option-group-input.ts';
import { Line } from './rules.ts';

const imageRule = { message: 'imageUrl must begin with https://, http:// or /' };
const IMAGE_URL = /^(?:https?:\/\/[^\s/]|\/)\S*$/;

@InputType({ description: 'A new product.' })
export class ProductInput {
  @Field(() => String, {
    description: 'Letters and digits, with single dots, hyphens or underscores between; unique.',
  })
  @MaxLength(60)
  @Matches(/^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/, {
    message: 'sku must consist of letters and digits, with single . - or _ between them',
  })
  sku!: string;

  @Field(() => String, { description: 'Its name, 1 to 100 characters.' })
  @Line(100)
  name!: string;

  @Field(() => String, { nullable: true, description: 'At most 1,000 characters.' })
  @MaxLength(1_000)
  description?: string | null;

  @Field(() => ID, { description: 'The section of the menu it stands in.' })
  categoryId!: string;

  @Field(() => MoneyInput, { description: 'Before options; from 0 to 10,000.' })
  price!: MoneyInput;

  @Field(() => [OptionGroupInput], { nullable: true, description: 'What the customer chooses.' })
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  optionGroups?: OptionGroupInput[] | null;

  @Field(() => String, { nullable: true, description: 'Where its picture is.' })
  @MaxLength(500)
  @Matches(IMAGE_URL, imageRule)
  imageUrl?: string | null;

  @Field(() => [String], { nullable: true, description: 'At most 20, of at most 40 characters.' })
  @ArrayMaxSize(20)
  @Line(40, { each: true })
  allergens?: string[] | null;
}

@InputType({ description: 'What is left out stays as it is.' })
export class UpdateProductInput {
  @Field(() => String, { nullable: true, description: 'Its name, 1 to 100 characters.' })
  @Line(100)
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Null removes it.' })
  @MaxLength(1_000)
  description?: string | null;

  @Field(() => ID, { nullable: true, description: 'The section of the menu it stands in.' })
  categoryId?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: 'In the same currency as before.' })
  price?: MoneyInput | null;

  @Field(() => [OptionGroupInput], {
    nullable: true,
    description:
      'Replaces all groups; those of equal names keep their ids, and so do their options.',
  })
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  optionGroups?: OptionGroupInput[] | null;

  @Field(() => String, { nullable: true, description: 'Null removes it.' })
  @MaxLength(500)
  @Matches(IMAGE_URL, imageRule)
  imageUrl?: string | null;

  @Field(() => [String], { nullable: true, description: 'At most 20, of at most 40 characters.' })
  @ArrayMaxSize(20)
  @Line(40, { each: true })
  allergens?: string[] | null;
}
