import { z } from 'zod';
import { id, money } from './common.ts';
import { defineEvent } from './define-event.ts';

const topic = 'menu.products';

/** A product is new or other than before; carries all of it. Key: the product's id. */
export const ProductChanged = defineEvent({
  type: 'menu.product.changed',
  version: 1,
  topic,
  data: z.object({
    sku: z.string(),
    name: z.string(),
    category: z.object({ id: id(), name: z.string() }),
    /** Where a café has none of its own, before options. */
    price: money(),
    optionGroups: z.array(
      z.object({
        id: id(),
        name: z.string(),
        min: z.int(),
        max: z.int(),
        options: z.array(
          z.object({ id: id(), name: z.string(), priceDelta: money(), isDefault: z.boolean() }),
        ),
      }),
    ),
    archived: z.boolean(),
  }),
});

/** How one café sells a product is other than before; carries all of it. Key: the product's id. */
export const CafeOfferChanged = defineEvent({
  type: 'menu.cafe-offer.changed',
  version: 1,
  topic,
  data: z.object({
    cafeId: id(),
    /** Null where the product's own price holds. */
    price: money().nullable(),
    soldOut: z.boolean(),
  }),
});
