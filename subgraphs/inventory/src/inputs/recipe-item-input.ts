import { Decimal } from '@crema/kit';
import { Length } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What one portion takes of one ingredient.' })
export class RecipeItemInput {
  @Field(() => ID, { description: 'What is taken.' })
  @Length(1, 64)
  ingredientId!: string;

  @Field(() => Decimal, {
    description: "How much, in the ingredient's unit, with at most 3 decimal places.",
  })
  quantity!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The option with which it is taken; always, when absent.',
  })
  @Length(1, 64)
  optionId?: string | null;
}
