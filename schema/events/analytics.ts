import { z } from 'zod';
import { id, instant } from './common.ts';
import { defineEvent } from './define-event.ts';

/** A sale is in the books, and the figures of its hour have changed. Key: the café's id. */
export const SaleBooked = defineEvent({
  type: 'analytics.sale.booked',
  version: 1,
  topic: 'analytics.sales',
  data: z.object({ cafeId: id(), startsAt: instant() }),
});
