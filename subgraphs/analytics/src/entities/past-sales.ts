import type { Document } from '@crema/kit';
import { z } from 'zod';

/** One sale of the past; amounts are minor units. */
export interface PastSale {
  readonly at: string;
  readonly productId: string;
  readonly revenue: number;
  readonly items: number;
}

/** Sales that were imported together, all of one café. The id is that of the event that told of them. */
export interface PastSales extends Document {
  readonly cafeId: string;
  readonly sales: readonly PastSale[];
}

export const pastSalesSchema = z.strictObject({
  id: z.string(),
  cafeId: z.string(),
  sales: z.array(
    z.strictObject({ at: z.string(), productId: z.string(), revenue: z.int(), items: z.int() }),
  ),
});
