import type { Document } from '@crema/kit';
import { z } from 'zod';
import { dayId } from './day-sales.ts';

type BucketField = `bucket_${number}`;

/**
 * How long the orders took that were sold on one business day of one café: how many of them are in each bucket of
 * the sketch (`services/preparation-sketch.ts`).
 */
export interface DayPreparation extends Document {
  readonly calendar: string;
  readonly day: string;
  readonly [bucket: BucketField]: number;
}

export const dayPreparationSchema = z
  .object({ id: z.string(), calendar: z.string(), day: z.string() })
  .catchall(z.int());

export const noPreparation = (calendar: string, day: string): DayPreparation => ({
  id: dayId(calendar, day),
  calendar,
  day,
});

export const bucketField = (bucket: number): BucketField => `bucket_${bucket}`;

/** How many orders each bucket has, by its field. */
export const bucketsOf = (day: DayPreparation): Record<string, number> =>
  Object.fromEntries(Object.entries(day).filter(([field]) => field.startsWith('bucket_')));

export const bucketOfField = (field: string): number => Number(field.slice('bucket_'.length));
