import type { Document } from '@crema/kit';
import { z } from 'zod';

export interface KnownProduct extends Document {
  readonly name: string;
  /** Null while the product is only known from a sale. */
  readonly category: string | null;
  /** When menu told it, empty before. */
  readonly changedAt: string;
  /** Of which sale the name is, in the order of time; beyond all sales once menu has told it. */
  readonly namedBy: string;
}

export const NAMED_BY_MENU = '~';

export const knownProductSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  changedAt: z.string(),
  namedBy: z.string(),
});
