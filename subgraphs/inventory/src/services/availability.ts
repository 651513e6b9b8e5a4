import { Loader, type Database } from '@crema/kit';
import { KnownCafe } from '../entities/known-cafe.ts';
import { StockLevel, stockLevelId } from '../entities/stock-level.ts';
import { ProductAvailability } from '../types/product-availability.ts';
import { addNeeds, type Needs } from './needs.ts';
import type { RecipeBook } from './recipe-book.ts';

/** One product at one café, as a loader's key. */
export const availabilityKey = (cafeId: string, productId: string): string =>
  JSON.stringify([cafeId, productId]);

/** Whether products can be made, as they come by default, from what is on hand and not reserved. */
export function availabilityLoader(
  database: Database,
  recipes: RecipeBook,
): Loader<ProductAvailability | null> {
  return new Loader(async (keys) => {
    const wanted = keys.map((key) => JSON.parse(key) as [cafeId: string, productId: string]);
    const cafes = await database.findMany(KnownCafe, [...new Set(wanted.map(([cafe]) => cafe))]);
    const cafeIds = new Set(cafes.map(({ id }) => id));
    const known = await recipes.of(
      database,
      wanted.map(([, productId]) => productId),
    );

    const questions = wanted.map(([cafeId, productId]) => {
      const needs: Needs = new Map();
      const { rows, defaultOptionIds } = known.get(productId)!;
      if (cafeIds.has(cafeId)) addNeeds(needs, rows, defaultOptionIds, 1);
      const levels = [...needs].map(
        ([ingredientId, milli]) => [stockLevelId(cafeId, ingredientId), milli] as const,
      );
      return { cafeId, levels };
    });
    const levelIds = new Set(questions.flatMap(({ levels }) => levels.map(([id]) => id)));
    const levels = await database.findMany(StockLevel, [...levelIds]);
    const availableMilli = new Map(levels.map((level) => [level.id, level.availableMilli]));

    return questions.map(({ cafeId, levels }) => {
      if (!cafeIds.has(cafeId)) return null;
      const portions = levels.map(([id, milli]) =>
        Math.floor((availableMilli.get(id) ?? 0) / milli),
      );
      return ProductAvailability.of(portions.length === 0 ? null : Math.min(...portions));
    });
  });
}
