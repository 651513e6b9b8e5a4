import type { Document } from '@crema/kit';
import { z } from 'zod';

/** What one product brought in, within a sale. */
export interface SoldProduct {
  readonly productId: string;
  readonly name: string;
  readonly revenue: number;
  readonly items: number;
}

/** Seconds from CONFIRMED, by the millisecond at which the order became ready. */
type ReadyField = `ready_${number}`;

/**
 * One order, as far as its facts have arrived: they come in any order. It counts as a sale when it was
 * confirmed and not cancelled. The id is the order's.
 */
export interface Sale extends Document {
  readonly cafeId: string;
  /** When it was confirmed; null until that fact is here, and then the next four say nothing either. */
  readonly soldAt: string | null;
  readonly customerId: string | null;
  /** Minor units, without tax and tip. */
  readonly revenue: number;
  readonly items: number;
  readonly products: readonly SoldProduct[];
  readonly isCancelled: boolean;
  /** READY may be a mistaken tap and come again: each time has a field of its own, the last one counts. */
  readonly [ready: ReadyField]: number;
}

/** An order of which no fact has arrived yet. */
export const unknownSale = (id: string, cafeId: string): Sale => ({
  id,
  cafeId,
  soldAt: null,
  customerId: null,
  revenue: 0,
  items: 0,
  products: [],
  isCancelled: false,
});

export const readyField = (readyAt: string): ReadyField => `ready_${Date.parse(readyAt)}`;

/** One time that an order became ready. */
export interface Ready {
  readonly at: number;
  readonly seconds: number;
}

/** Every time that it became ready, the one that counts last. */
export const readiesOf = (sale: Sale): Ready[] =>
  Object.entries(sale)
    .filter(([field]) => field.startsWith('ready_'))
    .map(([field, seconds]) => ({ at: Number(field.slice(6)), seconds: Number(seconds) }))
    .sort((a, b) => a.at - b.at);

export const saleSchema = z
  .object({
    id: z.string(),
    cafeId: z.string(),
    soldAt: z.string().nullable(),
    customerId: z.string().nullable(),
    revenue: z.int(),
    items: z.int(),
    products: z.array(
      z.strictObject({ productId: z.string(), name: z.string(), revenue: z.int(), items: z.int() }),
    ),
    isCancelled: z.boolean(),
  })
  .catchall(z.int());
