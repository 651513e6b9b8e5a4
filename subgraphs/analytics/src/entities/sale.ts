import type { Document } from '@crema/kit';
import { z } from 'zod';

/** What one product brought in, within a sale. */
export interface SoldProduct {
  readonly productId: string;
  readonly name: string;
  readonly revenue: number;
  readonly items: number;
}

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
  /** The last time that it became ready, empty before. */
  readonly readyAt: string;
  readonly preparationSeconds: number | null;
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
  readyAt: '',
  preparationSeconds: null,
});

export const saleSchema = z.strictObject({
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
  readyAt: z.string(),
  preparationSeconds: z.int().nullable(),
});
