import { on, type Consumer } from '@crema/kit';
import { ProductChanged } from '@crema/schema/events';
import { ProductOptions } from '../entities/product-options.ts';
import type { RecipeBook } from '../services/recipe-book.ts';

/** Keeps which options a product has, and which of them it comes with. */
export const productConsumers = (recipes: RecipeBook): Consumer[] => [
  on(ProductChanged, 'inventory.know-product', async (tx, { key, time, data }) => {
    const changedAt = new Date(time);
    const known = await tx.lock(ProductOptions, key);
    if (known && known.changedAt > changedAt) return;
    const options = data.optionGroups.flatMap((group) =>
      group.options.map(({ id, isDefault }) => ({ id, isDefault })),
    );
    const row = { name: data.name.slice(0, 200), options, changedAt };
    if (known) tx.update(ProductOptions, key, row);
    else tx.insert(ProductOptions, Object.assign(new ProductOptions(), { id: key, ...row }));
    await recipes.revise(tx);
  }),
];
