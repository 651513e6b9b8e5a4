import type { Collection, Documents } from '@crema/kit';
import { dayPreparationSchema, type DayPreparation } from '../entities/day-preparation.ts';
import { dayProductsSchema, type DayProducts } from '../entities/day-products.ts';
import { daySalesSchema, type DaySales } from '../entities/day-sales.ts';
import type { EditionName } from '../entities/edition-choice.ts';
import { knownCafeSchema, type KnownCafe } from '../entities/known-cafe.ts';
import { knownProductSchema, type KnownProduct } from '../entities/known-product.ts';
import { pastSalesSchema, type PastSales } from '../entities/past-sales.ts';
import { refundSchema, type Refund } from '../entities/refund.ts';
import { revisionSchema, rollupSchema, type Revision, type Rollup } from '../entities/rollup.ts';
import { saleSchema, type Sale } from '../entities/sale.ts';

/** One complete set of read models. */
export interface Books {
  readonly cafes: Collection<KnownCafe>;
  readonly products: Collection<KnownProduct>;
  readonly sales: Collection<Sale>;
  readonly pastSales: Collection<PastSales>;
  readonly refunds: Collection<Refund>;
  readonly days: Collection<DaySales>;
  readonly dayProducts: Collection<DayProducts>;
  readonly dayPreparation: Collection<DayPreparation>;
  readonly revisions: Collection<Revision>;
  readonly rollups: Collection<Rollup>;
}

/** The collections of the first edition have plain names. */
const SUFFIX = { a: '', b: '_b' } satisfies Record<EditionName, string>;

const BY_DAY = [{ fields: ['calendar', 'day'] as const }];

export async function openBooks(documents: Documents, edition: EditionName): Promise<Books> {
  const named = (name: string) => `${name}${SUFFIX[edition]}`;
  return {
    cafes: await documents.collection<KnownCafe>({
      name: named('cafes'),
      schema: knownCafeSchema,
      indexes: [],
    }),
    products: await documents.collection<KnownProduct>({
      name: named('products'),
      schema: knownProductSchema,
      indexes: [],
    }),
    sales: await documents.collection<Sale>({
      name: named('sales'),
      schema: saleSchema,
      indexes: [{ fields: ['cafeId', 'soldAt', 'id'] }],
    }),
    pastSales: await documents.collection<PastSales>({
      name: named('past_sales'),
      schema: pastSalesSchema,
      indexes: [{ fields: ['cafeId', 'id'] }],
    }),
    refunds: await documents.collection<Refund>({
      name: named('refunds'),
      schema: refundSchema,
      indexes: [{ fields: ['cafeId', 'at', 'id'] }, { fields: ['orderId'] }],
    }),
    days: await documents.collection<DaySales>({
      name: named('days'),
      schema: daySalesSchema,
      indexes: BY_DAY,
    }),
    dayProducts: await documents.collection<DayProducts>({
      name: named('day_products'),
      schema: dayProductsSchema,
      indexes: BY_DAY,
    }),
    dayPreparation: await documents.collection<DayPreparation>({
      name: named('day_preparation'),
      schema: dayPreparationSchema,
      indexes: BY_DAY,
    }),
    revisions: await documents.collection<Revision>({
      name: named('revisions'),
      schema: revisionSchema,
      indexes: [],
    }),
    rollups: await documents.collection<Rollup>({
      name: named('rollups'),
      schema: rollupSchema,
      indexes: [],
    }),
  };
}

const REMOVED_AT_ONCE = 50;

/** Removes all there is, little by little: others write beside it. */
export async function emptyBooks(books: Books): Promise<void> {
  for (const collection of Object.values(books) as Collection<{ id: string }>[]) {
    for (;;) {
      const some = await collection.find({ limit: REMOVED_AT_ONCE });
      if (some.length === 0) break;
      await collection.remove({ id: some.map(({ id }) => id) });
    }
  }
}
