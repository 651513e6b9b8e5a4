import {
  problem,
  Refusal,
  refused,
  type Caller,
  type Clock,
  type Database,
  type Problem,
  type Transaction,
} from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import { Ingredient } from '../entities/ingredient.ts';
import { ProductOptions } from '../entities/product-options.ts';
import { Recipe, type RecipeRow } from '../entities/recipe.ts';
import type { RecipeItemInput } from '../inputs/recipe-item-input.ts';
import { parseQuantity, quantityText } from './quantity.ts';
import type { RecipeBook } from './recipe-book.ts';

const MOST_ROWS = 100;

/** Replaces what a product is made of. Orders that are placed already keep what they hold. */
export class SetRecipe {
  constructor(
    private readonly database: Database,
    private readonly recipes: RecipeBook,
    private readonly clock: Clock,
  ) {}

  run(
    caller: Caller,
    productId: string,
    items: readonly RecipeItemInput[],
  ): Promise<readonly RecipeRow[]> {
    caller.require('stock:write');
    if (items.length > MOST_ROWS) {
      throw refused('INVALID_INPUT', `A recipe has at most ${MOST_ROWS} rows.`, ['items']);
    }
    return this.database.transaction(async (tx) => {
      const product = await tx.find(ProductOptions, productId);
      if (!product) throw refused('NOT_FOUND', 'There is no such product.', ['productId']);
      const ingredients = await tx.findMany(Ingredient, [
        ...new Set(items.map(({ ingredientId }) => ingredientId)),
      ]);
      const rows = readRows(items, product, ingredients);
      await this.replace(tx, productId, rows);
      const names = new Map(ingredients.map(({ id, name }) => [id, name]));
      publishPrivilegedWrite(tx, {
        at: this.clock.now(),
        actorId: caller.requireId(),
        action: 'inventory.setRecipe',
        target: `Product:${productId}`,
        details: `${product.name}: ${
          rows
            .map((row) => `${names.get(row.ingredientId)} ${quantityText(row.quantityMilli)}`)
            .join(', ') || 'takes nothing'
        }`,
      });
      return rows;
    });
  }

  /** Recipes that are known to be right, for products that have none; these need not be known here yet. */
  async begin(tx: Transaction, recipes: ReadonlyMap<string, readonly RecipeRow[]>): Promise<void> {
    const found = await tx.findMany(Recipe, [...recipes.keys()]);
    const known = new Set(found.map(({ id }) => id));
    const fresh = [...recipes].filter(([productId]) => !known.has(productId));
    if (fresh.length === 0) return;
    const updatedAt = this.clock.now();
    tx.insert(Recipe, ...fresh.map(([id, items]) => Recipe.of(id, items, updatedAt)));
    await this.recipes.revise(tx);
  }

  private async replace(
    tx: Transaction,
    productId: string,
    rows: readonly RecipeRow[],
  ): Promise<void> {
    const updatedAt = this.clock.now();
    if (await tx.lock(Recipe, productId)) {
      tx.update(Recipe, productId, { items: rows, updatedAt });
    } else {
      tx.insert(Recipe, Recipe.of(productId, rows, updatedAt));
    }
    await this.recipes.revise(tx);
  }
}

/** The rows of a recipe, or a refusal with everything that is wrong with them. */
function readRows(
  items: readonly RecipeItemInput[],
  { options }: ProductOptions,
  ingredients: readonly Ingredient[],
): RecipeRow[] {
  const byId = new Map(ingredients.map((ingredient) => [ingredient.id, ingredient]));
  const optionIds = new Set(options.map(({ id }) => id));
  const seen = new Set<string>();
  const problems: Problem[] = [];
  const rows: RecipeRow[] = [];
  items.forEach(({ ingredientId, quantity, optionId = null }, index) => {
    const at = (...path: string[]) => ['items', String(index), ...path];
    const found = problems.length;
    const ingredient = byId.get(ingredientId);
    if (!ingredient) {
      problems.push(problem('NOT_FOUND', 'There is no such ingredient.', at('ingredientId')));
    }
    if (optionId !== null && !optionIds.has(optionId)) {
      problems.push(problem('NOT_FOUND', 'The product has no such option.', at('optionId')));
    }
    const pair = JSON.stringify([ingredientId, optionId]);
    if (seen.has(pair)) {
      problems.push(
        problem('DUPLICATE', 'An ingredient stands once in the base and once per option.', at()),
      );
    }
    seen.add(pair);
    if (!ingredient) return;
    const quantityMilli = parseQuantity(quantity, { unit: ingredient.unit, field: at('quantity') });
    if (typeof quantityMilli !== 'number') problems.push(quantityMilli);
    else if (problems.length === found) rows.push({ ingredientId, quantityMilli, optionId });
  });
  if (problems.length > 0) throw new Refusal(problems);
  return rows;
}
