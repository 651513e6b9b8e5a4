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

/** What products add to their day; each stands in the list once. */
export const productsAddition = (
  products: readonly ProductFigures[],
): Readonly<Record<ProductField, number>> =>
  Object.fromEntries(
    products.flatMap(({ productId, revenue, items }) => [
      [`revenue_${nameOf(productId)}`, revenue],
      [`items_${nameOf(productId)}`, items],
    ]),
  );

const isFigure = (field: string): field is ProductField => /^(?:revenue|items)_/.test(field);

/** The figures of a day alone, in their fields. */
export const figureFieldsOf = (day: DayProducts): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(day).filter(([field]) => isFigure(field)));

/** The products that have figures in such fields. */
export const productsOf = (fields: Readonly<Record<string, number | string>>): ProductFigures[] => {
  const names = Object.keys(fields)
    .filter(isFigure)
    .map((field) => field.slice(field.indexOf('_') + 1));
  return [...new Set(names)].map((name) => ({
    productId: idOf(name),
    revenue: Number(fields[`revenue_${name}`] ?? 0),
    items: Number(fields[`items_${name}`] ?? 0),
  }));
};

/** Letters and digits stay; whatever else an id may have becomes its code unit in hexadecimal. */
const nameOf = (productId: string): string =>
  productId.replace(/[^A-Za-z0-9]/g, (unit) => `_${unit.charCodeAt(0).toString(16)}_`);

const idOf = (name: string): string =>
  name.replace(/_([0-9a-f]+)_/g, (_, unit: string) => String.fromCharCode(parseInt(unit, 16)));
