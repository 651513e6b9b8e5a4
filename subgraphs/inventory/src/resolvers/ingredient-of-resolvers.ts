import type { Context, Loader } from '@crema/kit';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Ingredient } from '../entities/ingredient.ts';
import { StockLevel } from '../entities/stock-level.ts';
import { StockMovement } from '../entities/stock-movement.ts';
import { RecipeItem } from '../types/recipe-item.ts';

/* Levels, movements and recipe rows name their ingredient by id; here it is read, all of a page at once. */

@Resolver(() => StockLevel)
export class StockLevelResolver {
  constructor(private readonly ingredients: Loader<Ingredient | null>) {}

  @FieldResolver(() => Ingredient, { description: 'Of what.' })
  ingredient(@Root() level: StockLevel, @Ctx() { loaders }: Context): Promise<Ingredient | null> {
    return loaders.load(this.ingredients, level.ingredientId);
  }
}

@Resolver(() => StockMovement)
export class StockMovementResolver {
  constructor(private readonly ingredients: Loader<Ingredient | null>) {}

  @FieldResolver(() => Ingredient, { description: 'What moved.' })
  ingredient(
    @Root() movement: StockMovement,
    @Ctx() { loaders }: Context,
  ): Promise<Ingredient | null> {
    return loaders.load(this.ingredients, movement.ingredientId);
  }
}

@Resolver(() => RecipeItem)
export class RecipeItemResolver {
  constructor(private readonly ingredients: Loader<Ingredient | null>) {}

  @FieldResolver(() => Ingredient, { description: 'What is taken.' })
  ingredient(@Root() item: RecipeItem, @Ctx() { loaders }: Context): Promise<Ingredient | null> {
    return loaders.load(this.ingredients, item.ingredientId);
  }
}
