import { z } from 'zod';
import { id, instant, money } from './common.ts';
import { defineEvent } from './define-event.ts';

/** A sale is in the books, or was taken out of them, and the figures of its hour have changed. Key: the café's id. */
export const SaleBooked = defineEvent({
  type: 'analytics.sale.booked',
  version: 1,
  topic: 'analytics.sales',
  data: z.object({ cafeId: id(), startsAt: instant() }),
});

/** How many lines one fact carries at most: some 70 KB. */
export const MOST_IMPORTED_LINES = 500;

/**
 * Sales that another system made in the past, some of one café and day; a line is one sale. A line is told in one
 * fact only, and a fact that comes again has the same id. Key: the café's id.
 */
export const SalesImported = defineEvent({
  type: 'analytics.sales.imported',
  version: 1,
  topic: 'analytics.past-sales',
  data: z.object({
    /** The other system; transaction ids are unique within it. */
    source: z.string().min(1).max(40),
    cafeId: id(),
    currency: z.string().length(3),
    products: z.array(z.object({ productId: id(), name: z.string() })).min(1),
    lines: z
      .array(
        z.object({
          transactionId: id(),
          at: instant(),
          /** Which of `products`, the first is 0. */
          product: z.int().nonnegative(),
          quantity: z.int().positive(),
          /** Of one piece, in minor units of the currency. */
          unitPriceMinor: z.int().nonnegative(),
        }),
      )
      .min(1)
      .max(MOST_IMPORTED_LINES),
  }),
});

const pastCatalogue = 'analytics.past-catalogue';

/** Sales of the past were made at a place that no café stands for yet. Key: the id of the café to be. */
export const PastStoreFound = defineEvent({
  type: 'analytics.past-store.found',
  version: 1,
  topic: pastCatalogue,
  data: z.object({
    slug: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    address: z.object({
      street: z.string(),
      city: z.string(),
      region: z.string().nullable(),
      postalCode: z.string().nullable(),
      country: z.string().length(2),
    }),
    location: z.object({ latitude: z.number(), longitude: z.number() }),
    /** IANA name. */
    timeZone: z.string(),
    currency: z.string().length(3),
    /** Percent as a decimal text: "8.875". */
    taxRate: z.string(),
  }),
});

/** Something was sold in the past that the menu does not know. Key: the id of the product to be. */
export const PastProductFound = defineEvent({
  type: 'analytics.past-product.found',
  version: 1,
  topic: pastCatalogue,
  data: z.object({
    sku: z.string(),
    name: z.string(),
    /** The name of its category, which may be as new as the product. */
    category: z.string(),
    /** The last that was paid for it. */
    price: money(),
    /** Whether it is still sold; else it is known, and not on the menu. */
    isSold: z.boolean(),
  }),
});
