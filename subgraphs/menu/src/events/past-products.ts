import { on, stableId, type Clock, type Consumer, type Transaction } from '@crema/kit';
import { PastProductFound, publishPrivilegedWrite } from '@crema/schema/events';
import { Category } from '../entities/category.ts';
import { Product } from '../entities/product.ts';
import type { MenuCache } from '../services/menu-cache.ts';
import { sameName } from '../services/option-groups.ts';
import { publishProduct } from './menu-events.ts';

/** Takes in a product that sales of the past name; one that is not sold any more is archived from the beginning. */
export const takeInPastProduct = (menus: MenuCache, clock: Clock): Consumer =>
  on(
    PastProductFound,
    'menu.take-in-past-product',
    async (tx, { key: id, data: { sku, name, category: categoryName, price, isSold } }) => {
      // First, because its lock lets one category after the other be made.
      await menus.touch(tx);
      const [known, [namesake]] = await Promise.all([
        tx.find(Product, id),
        tx.findMany(Product, [sku], { by: 'sku' }),
      ]);
      if (known || namesake) return;
      const category = await categoryNamed(tx, categoryName);
      const product = Object.assign(new Product(), {
        id,
        sku,
        name,
        description: null,
        categoryId: category.id,
        category,
        priceMinor: price.minor,
        currency: price.currency,
        groups: [],
        imageUrl: null,
        allergens: [],
        archived: !isSold,
      });
      tx.insert(Product, product);
      publishProduct(tx, product);
      publishPrivilegedWrite(tx, {
        actorId: 'import:sales',
        action: 'menu.takeInPastProduct',
        target: `Product:${id}`,
        details: sku,
        at: clock.now(),
      });
    },
    // One after the other: two of them may need the same new category.
    { lane: () => 'past-products' },
  );

async function categoryNamed(tx: Transaction, name: string): Promise<Category> {
  const categories = await (await tx.direct()).find(Category);
  const id = stableId(`category/${slugOf(name)}`);
  const known = categories.find((each) => sameName(each, { name }) || each.id === id);
  if (known) return known;
  const category = Object.assign(new Category(), {
    id,
    name,
    position: Math.max(-1, ...categories.map(({ position }) => position)) + 1,
  });
  tx.insert(Category, category);
  return category;
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
