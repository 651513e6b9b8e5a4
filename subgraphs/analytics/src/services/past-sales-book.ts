import type { ProductFigures } from '../entities/day-products.ts';
import { NOTHING, plus, type Figures } from '../entities/day-sales.ts';
import type { PastSale, PastSales } from '../entities/past-sales.ts';
import type { Books } from './books.ts';
import { momentOf, type Moment, type Slot } from './calendar.ts';
import { calendarOf, zonesOf, type Cafes } from './cafes.ts';
import type { DayBook } from './day-book.ts';
import type { Revisions } from './revisions.ts';

const READ_AT_ONCE = 50;
/** Clocks change by whole quarters of an hour, and at their beginnings. */
const QUARTER_MS = 900_000;

/** Books sales that were imported: those of one fact at once, a day by one entry, each once by the fact's id. */
export class PastSalesBook {
  constructor(
    private readonly books: Pick<Books, 'pastSales'>,
    private readonly days: DayBook,
    private readonly cafes: Cafes,
    private readonly revisions: Revisions,
  ) {}

  /** Keeps them first: a café that is not known yet, or changes its time zone, finds them. */
  async book(past: PastSales): Promise<void> {
    await this.books.pastSales.insert(past);
    const cafe = await this.cafes.get(past.cafeId);
    for (const zone of cafe ? zonesOf(cafe) : []) {
      const calendar = calendarOf(past.cafeId, zone);
      for (const day of await this.enter(past, zone)) await this.revisions.touchDay(calendar, day);
    }
  }

  /** Books all of a café's by the days of a time zone. */
  async rebook(cafeId: string, zone: string): Promise<void> {
    let after: [string] | undefined;
    for (;;) {
      const kept = await this.books.pastSales.find({
        where: { cafeId },
        order: [['id', 'asc']],
        ...(after && { after }),
        limit: READ_AT_ONCE,
      });
      for (const past of kept) await this.enter(past, zone);
      const last = kept.at(-1);
      if (!last || kept.length < READ_AT_ONCE) return;
      after = [last.id];
    }
  }

  /** Tells which days were written. */
  private async enter({ id, cafeId, sales }: PastSales, zone: string): Promise<string[]> {
    const calendar = calendarOf(cafeId, zone);
    const days = byDay(sales, zone);
    for (const [day, { bySlot, products }] of days) {
      const entry = { bySlot, products: [...products.values()] };
      await this.days.enterSales(calendar, day, entry, `${id} imported`);
    }
    return [...days.keys()];
  }
}

interface DaySums {
  readonly bySlot: Map<Slot, Figures>;
  readonly products: Map<string, ProductFigures>;
}

function byDay(sales: readonly PastSale[], zone: string): Map<string, DaySums> {
  const moments = new Map<number, Moment>();
  const days = new Map<string, DaySums>();
  for (const { at, productId, revenue, items } of sales) {
    const quarter = Math.floor(Date.parse(at) / QUARTER_MS);
    const moment = moments.get(quarter) ?? momentOf(zone, new Date(quarter * QUARTER_MS));
    moments.set(quarter, moment);
    const sums = days.get(moment.day) ?? { bySlot: new Map(), products: new Map() };
    days.set(moment.day, sums);
    const figures = sums.bySlot.get(moment.slot) ?? NOTHING;
    sums.bySlot.set(moment.slot, plus(figures, { revenue, orders: 1, items }));
    const product = sums.products.get(productId) ?? { productId, revenue: 0, items: 0 };
    sums.products.set(productId, {
      productId,
      revenue: product.revenue + revenue,
      items: product.items + items,
    });
  }
  return days;
}
