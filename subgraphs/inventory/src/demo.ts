import { stableId, type Database, type Transaction } from '@crema/kit';
import { DEMO_RECIPES, type DemoRow } from './demo-recipes.ts';
import { DEMO_CAFES, DEMO_EXCEPTIONS, DEMO_INGREDIENTS } from './demo-stock.ts';
import { Ingredient } from './entities/ingredient.ts';
import type { RecipeRow } from './entities/recipe.ts';
import type { OpenStock } from './services/open-stock.ts';
import { milliOf } from './services/quantity.ts';
import type { SetRecipe } from './services/set-recipe.ts';

const ingredientId = (slug: string): string => stableId(`ingredient/${slug}`);
const productId = (sku: string): string => stableId(`product/${sku}`);
const optionId = (sku: string, option: string): string => stableId(`option/${sku}/${option}`);

/**
 * Ingredients, the recipes of the demo menu, and stock for the three cafés. What exists is left as it is.
 * The facts about products and cafés may arrive later: nothing here needs them.
 */
export function loadDemo(database: Database, recipes: SetRecipe, stock: OpenStock): Promise<void> {
  return database.transaction(async (tx) => {
    await createIngredients(tx);
    await recipes.begin(tx, demoRecipes());
    for (const cafe of DEMO_CAFES) {
      const openings = Object.entries(DEMO_INGREDIENTS).map(([slug, usual]) => {
        const { opening, reorderPoint } = { ...usual, ...DEMO_EXCEPTIONS[cafe]?.[slug] };
        return {
          ingredientId: ingredientId(slug),
          quantityMilli: milliOf(opening),
          reorderPointMilli: milliOf(reorderPoint),
        };
      });
      await stock.run(tx, stableId(`cafe/${cafe}`), openings);
    }
  });
}

async function createIngredients(tx: Transaction): Promise<void> {
  const ingredients = Object.entries(DEMO_INGREDIENTS).map(([slug, { name, unit }]) =>
    Ingredient.of(ingredientId(slug), name, unit),
  );
  const found = await tx.findMany(
    Ingredient,
    ingredients.map(({ id }) => id),
  );
  const known = new Set(found.map(({ id }) => id));
  tx.insert(Ingredient, ...ingredients.filter(({ id }) => !known.has(id)));
}

const demoRecipes = (): ReadonlyMap<string, readonly RecipeRow[]> =>
  new Map(
    Object.entries(DEMO_RECIPES).map(([sku, rows]) => [productId(sku), rows.map(rowOf(sku))]),
  );

const rowOf =
  (sku: string) =>
  ([ingredient, quantity, option]: DemoRow): RecipeRow => ({
    ingredientId: ingredientId(ingredient),
    quantityMilli: milliOf(quantity),
    optionId: option === undefined ? null : optionId(sku, option),
  });
