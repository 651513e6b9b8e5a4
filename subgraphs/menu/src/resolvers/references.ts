import type { ResolveReference } from '@crema/kit';
import { Cafe } from '../entities/cafe.ts';
import type { Category } from '../entities/category.ts';
import type { Product } from '../entities/product.ts';
import type { MenuCache } from '../services/menu-cache.ts';

/** Answers what other subgraphs refer to from the menu in memory. */
export const createReferences = (
  menus: MenuCache,
): {
  Product: ResolveReference<Product>;
  Category: ResolveReference<Category>;
  Cafe: ResolveReference<Cafe>;
} => ({
  Product: async ({ id }) => (await menus.current()).product(id),
  Category: async ({ id }) => (await menus.current()).category(id),
  Cafe: ({ id }) => Cafe.of(id),
});
