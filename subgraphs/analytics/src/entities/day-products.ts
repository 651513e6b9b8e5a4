import type { Document } from '@crema/kit';
import { z } from 'zod';
import { dayId } from './day-sales.ts';

/** What one product brought in; amounts are minor units, without tax. */
export interface ProductFigures {
  readonly productId: string;
  readonly revenue: number;
  readonly items: number;
}

type ProductField = `${'revenue' | 'items'}_${string}`;

/**
 * What each product brought in on one business day of one café, in fields named by it: all products of a sale are
 * booked by one change.
 */
export interface DayProducts extends Document {
  readonly calendar: string;
  readonly day: string;
  readonly [figure: ProductField]: number;
}

export const dayProductsSchema = z
  .object({ id: z.string(), calendar: z.string(), day: z.string() })
  .catchall(z.int());

export const noProducts = (calendar: string, day: string): DayProducts => ({
  id: dayId(calendar, day),
  calendar,
  day,
});

/** What the products of a sale add to their day. */
export const productsAddition = (
  products: readonly ProductFigures[],
  sign: 1 | -1,
): Readonly<Record<ProductField, number>> =>
  Object.fromEntries(
    products.flatMap(({ productId, revenue, items }) => [
      [`revenue_${nameOf(productId)}`, sign * revenue],
      [`items_${nameOf(productId)}`, sign * items],
    ]),
  );

/** The products of a day. */
export const productsOf = (day: DayProducts): ProductFigures[] =>
  Object.entries(day).flatMap(([field, revenue]) => {
    if (!field.startsWith('revenue_')) return [];
    const name = field.slice('revenue_'.length);
    return [{ productId: idOf(name), revenue: Number(revenue), items: day[`items_${name}`] ?? 0 }];
  });

/** Letters and digits stay; whatever else an id may have becomes its code unit in hexadecimal. */
const nameOf = (productId: string): string =>
  productId.replace(/[^A-Za-z0-9]/g, (unit) => `_${unit.charCodeAt(0).toString(16)}_`);

const idOf = (name: string): string =>
  name.replace(/_([0-9a-f]+)_/g, (_, unit: string) => String.fromCharCode(parseInt(unit, 16)));
