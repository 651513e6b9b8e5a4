import { currencyScale, stableId } from '@crema/kit';
import type { PastProductFound, PastStoreFound } from '@crema/schema/events';
import type { z } from 'zod';
import type { Catalogue, KnownCafe, KnownProduct } from './catalogue.ts';
import { ImportError } from './import-error.ts';
import type { Mapping, NewProduct, NewStore } from './mapping.ts';
import { sameName, slugOf } from './slug.ts';

/** A store of the file, as it is called last. */
export interface Store {
  readonly id: string;
  readonly name: string;
}

/** A product of the file, as it is called and priced last. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly priceHundredths: number;
}

export interface PlannedCafe extends KnownCafe {
  readonly store: Store;
  /** What is told of it where there is no such café yet. */
  readonly found: z.output<typeof PastStoreFound.data> | null;
}

export interface PlannedProduct extends Pick<KnownProduct, 'id' | 'sku' | 'name' | 'category'> {
  readonly product: Product;
  readonly found: z.output<typeof PastProductFound.data> | null;
}

/** What stands for each store and product of a file. */
export interface Plan {
  /** By the store's id. */
  readonly cafes: ReadonlyMap<string, PlannedCafe>;
  /** By the product's id in the file. */
  readonly products: ReadonlyMap<string, PlannedProduct>;
}

export interface PlanOptions {
  readonly mapping: Mapping;
  /** Whether products that are taken in are sold from now on. */
  readonly isSold: boolean;
}

/** Throws ImportError with everything that the mapping file leaves open or names wrongly. */
export function makePlan(
  stores: Iterable<Store>,
  products: Iterable<Product>,
  catalogue: Catalogue,
  options: PlanOptions,
): Plan {
  const problems: string[] = [];
  const planned = <Item extends { id: string }, Found>(
    items: Iterable<Item>,
    plan: (item: Item) => Found,
  ): Map<string, Found> => {
    const found = new Map<string, Found>();
    for (const item of items) {
      try {
        found.set(item.id, plan(item));
      } catch (error) {
        if (!(error instanceof ImportError)) throw error;
        problems.push(error.message);
      }
    }
    return found;
  };

  const cafes = planned(stores, (store) => {
    const cafe = planCafe(store, catalogue, options);
    if (currencyScale(cafe.currency) >= 2) return cafe;
    throw new ImportError(
      `Café ${cafe.slug} charges in ${cafe.currency}, which has no hundredths.`,
    );
  });
  const currency = [...cafes.values()][0]?.currency ?? options.mapping.newCafes.currency;
  const plan = {
    cafes,
    products: planned(products, (product) => planProduct(product, catalogue, options, currency)),
  };
  if (problems.length > 0) throw new ImportError(problems.join('\n'));
  return plan;
}

/** Hundredths of a currency in its minor units. */
export const minorOf = (hundredths: number, currency: string): number =>
  hundredths * 10 ** (currencyScale(currency) - 2);

/** By the mapping file, then by the slug that its name makes, then by its name. */
function planCafe(
  store: Store,
  { cafes }: Catalogue,
  { mapping: { stores, newCafes } }: PlanOptions,
): PlannedCafe {
  const all = [...cafes.values()];
  const mapped: { cafe: string } | NewStore = stores[store.id] ?? {};
  if ('cafe' in mapped) {
    const cafe = all.find(({ id, slug }) => [id, slug].includes(mapped.cafe));
    if (cafe) return { ...cafe, store, found: null };
    throw new ImportError(`stores.${store.id}.cafe: there is no café ${mapped.cafe}.`);
  }
  const name = mapped.name ?? store.name;
  const slug = mapped.slug ?? (slugOf(name) || `store-${store.id.toLowerCase()}`);
  const known =
    all.find((cafe) => cafe.slug === slug) ?? all.find((cafe) => sameName(cafe.name, name));
  if (known) return { ...known, store, found: null };

  const { timeZone = newCafes.timeZone, currency = newCafes.currency } = mapped;
  const found = {
    slug,
    name,
    phone: mapped.phone ?? null,
    // What is not known is told as the name, for a manager to mend.
    address: mapped.address ?? {
      street: name,
      city: name,
      region: null,
      postalCode: null,
      country: newCafes.country,
    },
    location: mapped.location ?? { latitude: 0, longitude: 0 },
    timeZone,
    currency,
    taxRate: mapped.taxRate ?? newCafes.taxRate,
  };
  // As of the demo café of this slug, so that each finds the other whichever came first.
  return { id: stableId(`cafe/${slug}`), slug, name, timeZone, currency, store, found };
}

/** By the mapping file, then by the number that an import gave it, then by its name within its category. */
function planProduct(
  product: Product,
  { products }: Catalogue,
  { mapping, isSold }: PlanOptions,
  currency: string,
): PlannedProduct {
  const all = [...products.values()];
  const mapped: { product: string } | NewProduct = mapping.products[product.id] ?? {};
  if ('product' in mapped) {
    const known = all.find(({ id, sku }) => [id, sku].includes(mapped.product));
    if (known) return { ...known, product, found: null };
    throw new ImportError(`products.${product.id}.product: there is no product ${mapped.product}.`);
  }
  const sku = `${mapping.source}-${product.id}`;
  const { name = product.name, category = product.category } = mapped;
  const known = all.find((each) => each.sku === sku) ?? namesake(product.id, all, name, category);
  if (known) return { ...known, product, found: null };
  const price = { minor: minorOf(product.priceHundredths, currency), currency };
  const found = { sku, name, category, price, isSold };
  return { id: stableId(`product/${sku}`), sku, name, category, product, found };
}

/** What is sold goes before what is archived. */
function namesake(
  productId: string,
  all: readonly KnownProduct[],
  name: string,
  category: string,
): KnownProduct | undefined {
  const found = all.filter(
    (each) => sameName(each.name, name) && sameName(each.category, category),
  );
  const sold = found.filter(({ isArchived }) => !isArchived);
  const candidates = sold.length > 0 ? sold : found;
  if (candidates.length < 2) return candidates[0];
  const skus = candidates.map(({ sku }) => sku).join(' or ');
  throw new ImportError(
    `Product ${productId}, ${name}, may be ${skus}: say which in a mapping file.`,
  );
}
