import type { Document } from '@crema/kit';
import { z } from 'zod';

/** What the figures need to know of a café. */
export interface KnownCafe extends Document {
  readonly currency: string;
  /** Null until the sales that came before the café was known are booked. */
  readonly timeZone: string | null;
  /** The time zone into which the sales are being booked; null when they are. */
  readonly nextTimeZone: string | null;
  readonly changedAt: string;
}

export const knownCafeSchema = z.strictObject({
  id: z.string(),
  currency: z.string(),
  timeZone: z.string().nullable(),
  nextTimeZone: z.string().nullable(),
  changedAt: z.string(),
});
