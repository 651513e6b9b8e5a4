import { onIdempotent, type Consumer } from '@crema/kit';
import { CafeChanged, ProductChanged } from '@crema/schema/events';
import type { Edition } from '../services/edition.ts';
import { calendarOf } from '../services/cafes.ts';

export function catalogueConsumers({
  cafes,
  products,
  revisions,
  sales,
  pastSales,
}: Edition): Consumer[] {
  return [
    onIdempotent(CafeChanged, 'analytics.learn-cafe', async ({ key, time, data }) => {
      const cafe = await cafes.learn(key, data, instant(time));
      const zone = cafe?.nextTimeZone ?? null;
      if (cafe === null || zone === null) return;
      if (zone !== cafe.timeZone) {
        await sales.rebook(key, zone);
        await pastSales.rebook(key, zone);
        await revisions.touchAll(calendarOf(key, zone));
      }
      await cafes.moveTo(key, zone);
    }),
    onIdempotent(ProductChanged, 'analytics.learn-product', ({ key, time, data }) =>
      products.learn({
        id: key,
        name: data.name,
        category: data.category.name,
        changedAt: instant(time),
      }),
    ),
  ];
}

/** One text for one instant, so that texts sort as time does. */
const instant = (text: string): string => new Date(text).toISOString();
