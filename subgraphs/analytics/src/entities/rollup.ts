import type { Document } from '@crema/kit';
import { z } from 'zod';

/**
 * What some figures come to over a day, a month or a year of a café that is over. It is worked out from the books
 * when it is needed, and holds as long as its revision is that of the period. The id names calendar, period and part.
 */
export interface Rollup extends Document {
  readonly revision: number;
  readonly value: Readonly<Record<string, number | string>>;
}

export const rollupSchema = z.strictObject({
  id: z.string(),
  revision: z.int(),
  value: z.record(z.string(), z.union([z.number(), z.string()])),
});

/** How often the books of a calendar, or of one of its periods that are over, were written. The id names it. */
export interface Revision extends Document {
  readonly revision: number;
}

export const revisionSchema = z.strictObject({ id: z.string(), revision: z.int() });
