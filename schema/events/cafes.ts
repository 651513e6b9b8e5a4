import { z } from 'zod';
import { defineEvent } from './define-event.ts';

const weekday = z.enum([
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
]);

/** A café is new or other than before; carries all that other domains need. Key: the café's id. */
export const CafeChanged = defineEvent({
  type: 'cafes.cafe.changed',
  version: 1,
  topic: 'cafes.cafes',
  data: z.object({
    slug: z.string(),
    name: z.string(),
    /** IANA name. */
    timeZone: z.string(),
    currency: z.string().length(3),
    /** Percent as a decimal text: "8.875". */
    taxRate: z.string(),
    openingHours: z.array(z.object({ day: weekday, opens: z.string(), closes: z.string() })),
    specialHours: z.array(
      z.object({ date: z.string(), opens: z.string().nullable(), closes: z.string().nullable() }),
    ),
    /** Null while orders are taken. */
    orderingPausedReason: z.string().nullable(),
  }),
});
