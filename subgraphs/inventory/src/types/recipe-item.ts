import { Decimal } from '@crema/kit';
import { Field, ID, ObjectType } from 'type-graphql';
import type { RecipeRow } from '../entities/recipe.ts';
import { quantityText } from '../services/quantity.ts';

@ObjectType({ description: 'What one portion takes of one ingredient.' })
export class RecipeItem {
  ingredientId!: string;
  quantityMilli!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The option with which it is taken; null when it is always taken.',
  })
  optionId!: string | null;

  static from = (row: RecipeRow): RecipeItem => Object.assign(new RecipeItem(), row);

  @Field(() => Decimal, { description: "How much, in the ingredient's unit." })
  get quantity(): string {
    return quantityText(this.quantityMilli);
  }
}
