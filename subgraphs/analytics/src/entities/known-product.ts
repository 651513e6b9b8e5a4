import type { Document } from '@crema/kit';
import { z } from 'zod';

export interface KnownProduct extends Document {
  readonly name: string;
  /** Null while the product is only known from a sale. */
  readonly category: string | null;
  /** When menu told it, empty before. */
  readonly changedAt: string;
}

export const knownProductSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  changedAt: z.string(),
});
