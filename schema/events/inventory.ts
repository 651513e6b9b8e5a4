import { z } from 'zod';
import { id } from './common.ts';
import { defineEvent } from './define-event.ts';

const topic = 'inventory.stock';

/** Everything that an order takes is set aside for it. Key: the order's id. */
export const StockReserved = defineEvent({
  type: 'inventory.stock.reserved',
  version: 1,
  topic,
  data: z.object({ cafeId: id() }),
});

/** Nothing was set aside for an order, because some of it is not there. Key: the order's id. */
export const StockRefused = defineEvent({
  type: 'inventory.stock.refused',
  version: 1,
  topic,
  data: z.object({
    cafeId: id(),
    missing: z.array(z.object({ ingredientId: id(), name: z.string() })),
  }),
});

/** What is available fell to the reorder point; told once until it rises above it again. Key: `<café>:<ingredient>`. */
export const StockRanLow = defineEvent({
  type: 'inventory.stock.ran-low',
  version: 1,
  topic,
  data: z.object({
    cafeId: id(),
    ingredientId: id(),
    ingredientName: z.string(),
    unit: z.enum(['GRAM', 'MILLILITRE', 'PIECE']),
    /** Decimal texts in the ingredient's unit. */
    available: z.string(),
    reorderPoint: z.string(),
  }),
});
