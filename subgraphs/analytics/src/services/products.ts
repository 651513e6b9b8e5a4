import type { Collection } from '@crema/kit';
import type { KnownProduct } from '../entities/known-product.ts';
import type { SoldProduct } from '../entities/sale.ts';

export const UNKNOWN_CATEGORY = 'Unknown';

/** The read model of products: names and categories are those of today, whenever something was sold. */
export class Products {
  private readonly seen = new Set<string>();

  constructor(private readonly products: Collection<KnownProduct>) {}

  /** What a sale tells is enough until menu tells more. */
  async meet(sold: readonly SoldProduct[]): Promise<void> {
    for (const { productId, name } of sold) {
      if (this.seen.has(productId)) continue;
      await this.products.insert({ id: productId, name, category: null, changedAt: '' });
      this.seen.add(productId);
    }
  }

  async learn(product: KnownProduct): Promise<void> {
    const known = await this.products.get(product.id);
    if (!known || known.changedAt <= product.changedAt) await this.products.put(product);
  }

  async named(ids: readonly string[]): Promise<{ name: string; category: string }[]> {
    const found = await this.products.getMany(ids);
    return found.map((product) => ({
      name: product?.name ?? 'Unknown',
      category: product?.category ?? UNKNOWN_CATEGORY,
    }));
  }
}
