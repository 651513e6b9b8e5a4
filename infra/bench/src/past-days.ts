import type { Books } from '@crema/analytics';
import { stableId } from '@crema/kit';

/* Books as they are after many days of sales, written at once: what is measured is how figures are told from them. */

export const ORDERS_A_DAY = 1_000;
const PRODUCTS = 80;
const FIRST_HOUR = 7;
const HOURS = 14;
const CUSTOMERS = 20_000;
const WRITTEN_AT_ONCE = 500;

/** Numbers from 0 to below 1 that are the same in each run (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const productFields = Array.from({ length: PRODUCTS }, (_, i) =>
  stableId(`product/${i}`).replaceAll('-', '_2d_'),
);

/**
 * Writes the books of one day of a café in UTC: figures of ORDERS_A_DAY orders in 14 hours, 80 products, their times of
 * preparation. Of the sales themselves, which only say who bought, so many as told.
 */
export async function writeDay(
  books: Books,
  cafeId: string,
  day: string,
  sales: number,
  random: () => number,
): Promise<void> {
  const calendar = `${cafeId}@UTC`;
  const key = { id: `${calendar}/${day}`, calendar, day };
  const hours = Array.from({ length: HOURS }, (_, i) => String(FIRST_HOUR + i).padStart(2, '0'));
  const orders = Math.floor(ORDERS_A_DAY / HOURS);
  const products: Record<string, number> = {};
  for (const field of productFields) {
    const items = 1 + Math.floor(random() * 50);
    products[`items_${field}`] = items;
    products[`revenue_${field}`] = items * 425;
  }
  const buckets: Record<string, number> = {};
  for (let i = 0; i < orders * HOURS; i++) {
    const bucket = `bucket_${200 + Math.floor((random() + random() + random()) * 50)}`;
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  await Promise.all([
    books.days.put({
      ...key,
      revenue: orders * HOURS * 725,
      orders: orders * HOURS,
      items: orders * HOURS * 2,
      refunds: 1_450,
      ...Object.fromEntries(
        hours.flatMap((hour) => [
          [`h${hour}e0_revenue`, orders * 725],
          [`h${hour}e0_orders`, orders],
          [`h${hour}e0_items`, orders * 2],
        ]),
      ),
    }),
    books.dayProducts.put({ ...key, ...products }),
    books.dayPreparation.put({ ...key, ...buckets }),
  ]);
  for (let i = 0; i < sales; i += WRITTEN_AT_ONCE) {
    const some = Array.from({ length: Math.min(WRITTEN_AT_ONCE, sales - i) }, (_, j) =>
      books.sales.insert({
        id: `${key.id}/${i + j}`,
        cafeId,
        soldAt: `${day}T${hours[(i + j) % HOURS]}:30:00.000Z`,
        customerId: `customer-${Math.floor(random() * CUSTOMERS)}`,
        revenue: 725,
        items: 2,
        products: [{ productId: productFields[0]!, name: 'Latte', revenue: 725, items: 2 }],
        isCancelled: false,
      }),
    );
    await Promise.all(some);
  }
}
