import type { Context, Loader } from '@crema/kit';
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Recipe } from '../entities/recipe.ts';
import { RecipeItemInput } from '../inputs/recipe-item-input.ts';
import { availabilityKey } from '../services/availability.ts';
import type { SetRecipe } from '../services/set-recipe.ts';
import { RecipePayload } from '../types/payloads.ts';
import { ProductAvailability } from '../types/product-availability.ts';
import { RecipeItem } from '../types/recipe-item.ts';
import { Product } from '../types/references.ts';

@Resolver(() => Product)
export class ProductResolver {
  constructor(
    private readonly recipes: Loader<Recipe | null>,
    private readonly availabilities: Loader<ProductAvailability | null>,
    private readonly setting: SetRecipe,
  ) {}

  @Directive('@requiresScopes(scopes: [["stock:read"]])')
  @FieldResolver(() => [RecipeItem], {
    nullable: true,
    description:
      'What one portion takes; a row with an optionId applies when that option is chosen.',
  })
  async recipe(
    @Root() { id }: Product,
    @Ctx() { caller, loaders }: Context,
  ): Promise<RecipeItem[]> {
    caller.require('stock:read');
    const recipe = await loaders.load(this.recipes, id);
    return (recipe?.items ?? []).map(RecipeItem.from);
  }

  @FieldResolver(() => ProductAvailability, {
    nullable: true,
    description: 'Whether a café can make it now; null for a café that does not exist.',
  })
  availability(
    @Root() { id }: Product,
    @Arg('cafeId', () => ID, { description: 'Where.' }) cafeId: string,
    @Ctx() { loaders }: Context,
  ): Promise<ProductAvailability | null> {
    return loaders.load(this.availabilities, availabilityKey(cafeId, id));
  }

  @Directive('@requiresScopes(scopes: [["stock:write"]])')
  @Mutation(() => RecipePayload, {
    description: 'Replaces what a product is made of; without items it takes nothing.',
  })
  async setRecipe(
    @Arg('productId', () => ID, { description: 'Of what.' }) productId: string,
    @Arg('items', () => [RecipeItemInput], { description: 'All of its rows.' })
    items: RecipeItemInput[],
    @Ctx() { caller }: Context,
  ): Promise<RecipePayload> {
    const rows = await this.setting.run(caller, productId, items);
    return RecipePayload.of(rows.map(RecipeItem.from));
  }
}
