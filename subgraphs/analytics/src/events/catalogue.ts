import { onIdempotent, type Consumer } from '@crema/kit';
import { CafeChanged, ProductChanged } from '@crema/schema/events';
import type { Cafes } from '../services/cafes.ts';
import type { Products } from '../services/products.ts';
import type { SalesBook } from '../services/sales-book.ts';

export function catalogueConsumers(cafes: Cafes, products: Products, book: SalesBook): Consumer[] {
  return [
    onIdempotent(CafeChanged, 'analytics.learn-cafe', async ({ key, time, data }) => {
      const nextTimeZone = await cafes.learn(key, data, time);
      if (nextTimeZone === null) return;
      await book.rebook(key, nextTimeZone);
      await cafes.moveTo(key, nextTimeZone);
    }),
    onIdempotent(ProductChanged, 'analytics.learn-product', ({ key, time, data }) =>
      products.learn({
        id: key,
        name: data.name,
        category: data.category.name,
        changedAt: time,
      }),
    ),
  ];
}
