import { Money, parseDecimal, stableId, type Database, type Transaction } from '@crema/kit';
import { DEMO_CATEGORIES, DEMO_PRODUCTS, type DemoGroup, type DemoProduct } from './demo-menu.ts';
import { Category } from './entities/category.ts';
import { Product } from './entities/product.ts';
import { publishProduct } from './events/menu-events.ts';
import type { MenuCache } from './services/menu-cache.ts';
import type { OptionGroupData } from './types/option-group.ts';

const CURRENCY = 'USD';

/** Loads what of the demo menu is not there yet. */
export function loadDemo(database: Database, menus: MenuCache): Promise<void> {
  return database.transaction(async (tx) => {
    const categories = await insertMissing(
      tx,
      Category,
      DEMO_CATEGORIES.map(({ slug, name }, position) =>
        Object.assign(new Category(), { id: stableId(`category/${slug}`), name, position }),
      ),
    );
    const products = await insertMissing(tx, Product, DEMO_PRODUCTS.map(productOf));
    for (const product of products) publishProduct(tx, product);
    if (categories.length + products.length > 0) await menus.touch(tx);
  });
}

async function insertMissing<Row extends { id: string }>(
  tx: Transaction,
  entity: new () => Row,
  rows: readonly Row[],
): Promise<Row[]> {
  const ids = rows.map(({ id }) => id);
  const known = new Set((await tx.findMany(entity, ids)).map(({ id }) => id));
  const missing = rows.filter(({ id }) => !known.has(id));
  tx.insert(entity, ...missing);
  return missing;
}

function productOf({ sku, name, category, price, description, allergens, groups }: DemoProduct) {
  const { slug, name: categoryName } = DEMO_CATEGORIES.find((each) => each.slug === category)!;
  const categoryId = stableId(`category/${slug}`);
  return Object.assign(new Product(), {
    id: stableId(`product/${sku}`),
    sku,
    name,
    description,
    categoryId,
    category: Object.assign(new Category(), { id: categoryId, name: categoryName }),
    priceMinor: dollars(price).minor,
    currency: CURRENCY,
    groups: groups.map((group) => groupOf(sku, group)),
    imageUrl: null,
    allergens,
    archived: false,
  });
}

const groupOf = (sku: string, { key, name, min, max, options }: DemoGroup): OptionGroupData => ({
  id: stableId(`group/${sku}/${key}`),
  name,
  min,
  max,
  options: options.map((option) => ({
    id: stableId(`option/${sku}/${key}/${option.key}`),
    name: option.name,
    priceDelta: dollars(option.priceDelta).toValue(),
    isDefault: option.isDefault,
  })),
});

const dollars = (amount: string): Money => new Money(parseDecimal(amount, 2)!, CURRENCY);
