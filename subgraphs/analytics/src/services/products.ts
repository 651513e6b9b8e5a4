import type { Collection } from '@crema/kit';
import { NAMED_BY_MENU, type KnownProduct } from '../entities/known-product.ts';
import type { SoldProduct } from '../entities/sale.ts';

export const UNKNOWN_CATEGORY = 'Unknown';

/** The read model of products: names and categories are those of today, whenever something was sold. */
export class Products {
  /** Menu has told of these: what a sale calls them is of no interest any more. */
  private readonly told = new Set<string>();

  constructor(private readonly products: Collection<KnownProduct>) {}

  /** What the latest sale tells is enough until menu tells more. The sale's rank is by time, then by its id. */
  async meet(
    sold: readonly Pick<SoldProduct, 'productId' | 'name'>[],
    rank: string,
  ): Promise<void> {
    await Promise.all(
      sold
        .filter(({ productId }) => !this.told.has(productId))
        .map(({ productId, name }) => this.meetOne(productId, name, rank)),
    );
  }

  /** Keeps what is not older than what is known: of one moment, what is told last. */
  async learn({ id, name, category, changedAt }: Omit<KnownProduct, 'namedBy'>): Promise<void> {
    const told = { name, category, changedAt, namedBy: NAMED_BY_MENU };
    await this.products.change(id, {
      where: { changedAt: { below: `${changedAt}~` } },
      set: told,
      orInsert: { id, ...told },
    });
  }

  async named(ids: readonly string[]): Promise<{ name: string; category: string }[]> {
    const found = await this.products.getMany(ids);
    return found.map((product) => ({
      name: product?.name ?? 'Unknown',
      category: product?.category ?? UNKNOWN_CATEGORY,
    }));
  }

  private async meetOne(id: string, name: string, rank: string): Promise<void> {
    const isLatest = await this.products.change(id, {
      where: { namedBy: { below: rank } },
      set: { name, namedBy: rank },
      orInsert: { id, name, category: null, changedAt: '', namedBy: rank },
    });
    if (isLatest) return;
    const product = await this.products.get(id);
    if (product?.namedBy === NAMED_BY_MENU) this.told.add(id);
  }
}
