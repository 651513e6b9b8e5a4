import type { Loader, ResolveReference } from '@crema/kit';
import type { Ingredient } from '../entities/ingredient.ts';
import { Cafe, Product } from '../types/references.ts';

/** Cafés and products are given fields here; who may read these is decided at each field. */
export const references = (
  ingredients: Loader<Ingredient | null>,
): Record<string, ResolveReference<unknown>> => ({
  Cafe: ({ id }) => Cafe.of(id),
  Product: ({ id }) => Product.of(id),
  Ingredient: ({ id }, { caller, loaders }) =>
    caller.has('stock:read') ? loaders.load(ingredients, id) : null,
});
