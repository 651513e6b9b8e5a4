import type { Document } from '@crema/kit';
import { z } from 'zod';

/** Money that a refund gave back. The id is the refund's. */
export interface Refund extends Document {
  readonly orderId: string;
  readonly cafeId: string;
  readonly at: string;
  /** Minor units. */
  readonly amount: number;
}

export const refundSchema = z.strictObject({
  id: z.string(),
  orderId: z.string(),
  cafeId: z.string(),
  at: z.string(),
  amount: z.int(),
});
