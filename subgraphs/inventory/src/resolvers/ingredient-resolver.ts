import type { Context } from '@crema/kit';
import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import { Ingredient } from '../entities/ingredient.ts';
import { IngredientInput } from '../inputs/ingredient-input.ts';
import type { BrowseStock } from '../services/browse-stock.ts';
import type { CreateIngredient } from '../services/create-ingredient.ts';
import { IngredientPayload } from '../types/payloads.ts';

@Resolver(() => Ingredient)
export class IngredientResolver {
  constructor(
    private readonly browsing: BrowseStock,
    private readonly creating: CreateIngredient,
  ) {}

  @Directive('@requiresScopes(scopes: [["stock:read"]])')
  @Query(() => [Ingredient], { description: 'All ingredients, by name.' })
  ingredients(
    @Arg('search', () => String, { nullable: true, description: 'A part of the name.' })
    search: string | null | undefined,
    @Ctx() { caller }: Context,
  ): Promise<Ingredient[]> {
    return this.browsing.ingredients(caller, search);
  }

  @Directive('@requiresScopes(scopes: [["stock:write"]])')
  @Mutation(() => IngredientPayload, { description: 'Makes an ingredient known.' })
  async createIngredient(
    @Arg('input', () => IngredientInput, { description: 'The ingredient.' }) input: IngredientInput,
    @Ctx() { caller }: Context,
  ): Promise<IngredientPayload> {
    return IngredientPayload.of(await this.creating.run(caller, input));
  }
}
