import type { Document } from '@crema/kit';
import { z } from 'zod';

/** What one product brought in on one business day of one café. */
export interface ProductDay extends Document {
  readonly calendar: string;
  readonly day: string;
  readonly productId: string;
  /** Minor units, without tax. */
  readonly revenue: number;
  readonly items: number;
}

export const emptyProductDay = (calendar: string, day: string, productId: string): ProductDay => ({
  id: `${calendar}/${day}/${productId}`,
  calendar,
  day,
  productId,
  revenue: 0,
  items: 0,
});

export const productDaySchema = z.strictObject({
  id: z.string(),
  calendar: z.string(),
  day: z.string(),
  productId: z.string(),
  revenue: z.int(),
  items: z.int(),
});
