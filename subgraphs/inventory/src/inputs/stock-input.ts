import { Decimal } from '@crema/kit';
import { Length, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A change of what a café has of one ingredient.' })
export class StockInput {
  @Field(() => String, { description: 'The same key again does nothing and answers the same.' })
  @Length(1, 200)
  idempotencyKey!: string;

  @Field(() => ID, { description: 'Where.' })
  @Length(1, 64)
  cafeId!: string;

  @Field(() => ID, { description: 'What.' })
  @Length(1, 64)
  ingredientId!: string;

  @Field(() => Decimal, {
    description: "How much, in the ingredient's unit, with at most 3 decimal places.",
  })
  quantity!: string;

  @Field(() => String, { nullable: true, description: 'Why; kept with the movement.' })
  @MaxLength(500)
  reason?: string | null;
}
