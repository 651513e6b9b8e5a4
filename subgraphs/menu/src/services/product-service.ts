import {
  refused,
  type Caller,
  type Clock,
  type Database,
  type Ids,
  type Transaction,
} from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import { CafeOffer } from '../entities/cafe-offer.ts';
import { Category } from '../entities/category.ts';
import { Product } from '../entities/product.ts';
import { publishProduct } from '../events/menu-events.ts';
import type { ProductInput, UpdateProductInput } from '../inputs/product-input.ts';
import type { MenuCache } from './menu-cache.ts';
import { readOptionGroups, readPrice, requireNoNegativePrice } from './option-groups.ts';

/** Keeps what is sold: for all cafés alike. */
export class ProductService {
  constructor(
    private readonly database: Database,
    private readonly menus: MenuCache,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async create(caller: Caller, input: ProductInput): Promise<Product> {
    caller.require('menu:write');
    const price = readPrice(input.price, ['price']);
    const groups = readOptionGroups(input.optionGroups ?? [], {
      currency: price.currency,
      known: [],
      ids: this.ids,
    });
    requireNoNegativePrice(price.minor, groups, ['price', 'amount']);

    return this.database.transaction(async (tx) => {
      const category = await categoryOf(tx, input.categoryId);
      if ((await tx.findMany(Product, [input.sku], { by: 'sku' })).length > 0) {
        throw refused('SKU_TAKEN', 'Another product has this number.', ['sku']);
      }
      const product = Object.assign(new Product(), {
        id: this.ids.next(),
        sku: input.sku,
        name: input.name.trim(),
        description: textOrNull(input.description),
        categoryId: category.id,
        category,
        priceMinor: price.minor,
        currency: price.currency,
        groups,
        imageUrl: input.imageUrl ?? null,
        allergens: input.allergens?.map((each) => each.trim()) ?? [],
        archived: false,
      });
      tx.insert(Product, product);
      await this.told(tx, caller, product, { action: 'menu.createProduct', details: product.sku });
      return product;
    });
  }

  async update(caller: Caller, id: string, input: UpdateProductInput): Promise<Product> {
    caller.require('menu:write');
    return this.database.transaction(async (tx) => {
      const product = await lockProduct(tx, id, 'id');
      const changes = differing(product, this.changesOf(product, input));
      product.category = await categoryOf(tx, changes.categoryId ?? product.categoryId);
      if (Object.keys(changes).length === 0) return product;

      Object.assign(product, changes);
      await requireNoCafeBelowNothing(tx, product, input);
      tx.update(Product, id, changes);
      const details = Object.keys(changes).join(', ');
      await this.told(tx, caller, product, { action: 'menu.updateProduct', details });
      return product;
    });
  }

  /** It vanishes from menus and searches; what refers to it still finds it. A second time changes nothing. */
  async archive(caller: Caller, id: string): Promise<Product> {
    caller.require('menu:write');
    return this.database.transaction(async (tx) => {
      const product = await lockProduct(tx, id, 'id', { orArchived: true });
      product.category = await categoryOf(tx, product.categoryId);
      if (product.archived) return product;
      product.archived = true;
      tx.update(Product, id, { archived: true });
      await this.told(tx, caller, product, { action: 'menu.archiveProduct', details: product.sku });
      return product;
    });
  }

  private changesOf(product: Product, input: UpdateProductInput): Partial<Product> {
    const { currency, groups: known } = product;
    const { name, description, categoryId, price, optionGroups, imageUrl, allergens } = input;
    return {
      ...(name && { name: name.trim() }),
      ...(description !== undefined && { description: textOrNull(description) }),
      ...(categoryId && { categoryId }),
      ...(price && { priceMinor: readPrice(price, ['price'], { currency }).minor }),
      ...(optionGroups && {
        groups: readOptionGroups(optionGroups, { currency, known, ids: this.ids }),
      }),
      ...(imageUrl !== undefined && { imageUrl }),
      ...(allergens && { allergens: allergens.map((each) => each.trim()) }),
    };
  }

  private async told(
    tx: Transaction,
    caller: Caller,
    product: Product,
    deed: { action: string; details: string },
  ): Promise<void> {
    publishProduct(tx, product);
    publishPrivilegedWrite(tx, {
      ...deed,
      actorId: caller.requireId(),
      target: `Product:${product.id}`,
      at: this.clock.now(),
    });
    await this.menus.touch(tx);
  }
}

/** Refuses what does not exist, and what is archived unless that will do. */
export async function lockProduct(
  tx: Transaction,
  id: string,
  field: string,
  { orArchived = false } = {},
): Promise<Product> {
  const product = await tx.lock(Product, id);
  if (!product) throw refused('NOT_FOUND', 'There is no such product.', [field]);
  if (product.archived && !orArchived) {
    throw refused('PRODUCT_ARCHIVED', 'This product is not sold any more.', [field]);
  }
  return product;
}

async function categoryOf(tx: Transaction, id: string): Promise<Category> {
  const category = await tx.find(Category, id);
  if (!category) throw refused('NOT_FOUND', 'There is no such category.', ['categoryId']);
  return category;
}

/** Options are of one product in all cafés; a café's own price must bear them too. */
async function requireNoCafeBelowNothing(
  tx: Transaction,
  { id, priceMinor, groups }: Product,
  { price }: UpdateProductInput,
): Promise<void> {
  requireNoNegativePrice(priceMinor, groups, price ? ['price', 'amount'] : ['optionGroups']);
  for (const offer of await tx.findMany(CafeOffer, [id], { by: 'productId' })) {
    if (offer.priceMinor !== null) {
      requireNoNegativePrice(offer.priceMinor, groups, ['optionGroups']);
    }
  }
}

const textOrNull = (text: string | null | undefined): string | null => text?.trim() || null;

const differing = (product: Product, changes: Partial<Product>): Partial<Product> =>
  Object.fromEntries(
    Object.entries(changes).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(product[name as keyof Product]),
    ),
  );
