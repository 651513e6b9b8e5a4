import type { Document } from '@crema/kit';

/** Money that a refund gave back. The id is the refund's. */
export interface Refund extends Document {
  readonly cafeId: string;
  readonly at: string;
  /** Minor units. */
  readonly amount: number;
}
