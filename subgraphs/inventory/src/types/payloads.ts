import { Payload } from '@crema/kit';
import { Field, ObjectType } from 'type-graphql';
import { Ingredient } from '../entities/ingredient.ts';
import { StockLevel } from '../entities/stock-level.ts';
import { RecipeItem } from './recipe-item.ts';

@ObjectType({ description: 'The ingredient made known.' })
export class IngredientPayload extends Payload {
  @Field(() => Ingredient, { nullable: true, description: 'The new ingredient.' })
  ingredient?: Ingredient;

  static of = (ingredient: Ingredient): IngredientPayload =>
    Object.assign(new IngredientPayload(), { ingredient });
}

@ObjectType({ description: 'The recipe replaced.' })
export class RecipePayload extends Payload {
  @Field(() => [RecipeItem], { nullable: true, description: 'The recipe as it is now.' })
  recipe?: RecipeItem[];

  static of = (recipe: RecipeItem[]): RecipePayload =>
    Object.assign(new RecipePayload(), { recipe });
}

@ObjectType({ description: 'The stock changed.' })
export class StockPayload extends Payload {
  @Field(() => StockLevel, { nullable: true, description: 'The level after the change.' })
  stockLevel?: StockLevel;

  static of = (stockLevel: StockLevel): StockPayload =>
    Object.assign(new StockPayload(), { stockLevel });
}
