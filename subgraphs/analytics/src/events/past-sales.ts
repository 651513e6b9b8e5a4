import { onIdempotent, type Consumer } from '@crema/kit';
import { SalesImported } from '@crema/schema/events';
import type { Edition } from '../services/edition.ts';

/** Each line is a sale of its own, by nobody who is known; nobody is told of it live. */
export const pastSalesConsumers = ({
  products,
  pastSales,
}: Pick<Edition, 'products' | 'pastSales'>): Consumer[] => [
  onIdempotent(SalesImported, 'analytics.book-past-sales', async ({ id, data }) => {
    const { cafeId, lines } = data;
    const sales = lines.map(({ at, product, quantity, unitPriceMinor }) => ({
      at,
      productId: productAt(data.products, product),
      revenue: quantity * unitPriceMinor,
      items: quantity,
    }));
    const latest = sales.reduce((last, { at }) => (at > last ? at : last), '');
    await products.meet(data.products, `${latest} ${id}`);
    await pastSales.book({ id, cafeId, sales });
  }),
];

function productAt(products: readonly { productId: string }[], place: number): string {
  const product = products[place];
  if (!product)
    throw new RangeError(`imported sales name a product ${place} that they do not have`);
  return product.productId;
}
