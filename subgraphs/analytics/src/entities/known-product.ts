import type { Document } from '@crema/kit';

export interface KnownProduct extends Document {
  readonly name: string;
  /** Null while the product is only known from a sale. */
  readonly category: string | null;
  /** When menu told it, empty before. */
  readonly changedAt: string;
}
