import type { Document } from '@crema/kit';

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
