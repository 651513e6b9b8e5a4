import type { RecipeRow } from '../entities/recipe.ts';

/** How much of which ingredient, in thousandths. */
export type Needs = Map<string, number>;

/**
 * Adds what so many portions with these options take. A row without an option always applies; one with an
 * option as often as the option is chosen. What replaces a base ingredient is a row of its own option, and
 * so is what it replaces: milk belongs to the option "whole", not to the base.
 */
export function addNeeds(
  needs: Needs,
  rows: readonly RecipeRow[],
  optionIds: readonly string[],
  portions: number,
): void {
  for (const { ingredientId, quantityMilli, optionId } of rows) {
    const times =
      optionId === null ? portions : portions * optionIds.filter((id) => id === optionId).length;
    if (times === 0) continue;
    needs.set(ingredientId, (needs.get(ingredientId) ?? 0) + quantityMilli * times);
  }
}
