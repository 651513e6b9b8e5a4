import type { Collection } from '@crema/kit';
import { noProducts, productsAddition, type DayProducts } from '../entities/day-products.ts';
import { additionOf, emptyDay, type DaySales } from '../entities/day-sales.ts';
import type { Refund } from '../entities/refund.ts';
import { unknownSale, type Sale, type SoldProduct } from '../entities/sale.ts';
import { momentOf } from './calendar.ts';
import { calendarOf, zonesOf, type Cafes } from './cafes.ts';
import type { Products } from './products.ts';
import type { SalesTicker } from './sales-ticker.ts';

export interface ConfirmedOrder {
  readonly id: string;
  readonly cafeId: string;
  readonly customerId: string;
  readonly soldAt: string;
  readonly revenue: number;
  readonly products: readonly SoldProduct[];
}

export interface Books {
  readonly sales: Collection<Sale>;
  readonly refunds: Collection<Refund>;
  readonly days: Collection<DaySales>;
  readonly dayProducts: Collection<DayProducts>;
}

const READ_AT_ONCE = 500;

/**
 * Books sales and refunds. Facts come in any order and more than once: each is kept with its order first, and
 * then whatever is missing in the books of days and products is booked, each entry once by its key.
 */
export class SalesBook {
  constructor(
    private readonly books: Books,
    private readonly cafes: Cafes,
    private readonly products: Products,
    private readonly ticker: SalesTicker,
  ) {}

  async confirm({ id, ...order }: ConfirmedOrder): Promise<void> {
    const items = order.products.reduce((sum, product) => sum + product.items, 0);
    const sale = { ...unknownSale(id, order.cafeId), ...order, items };
    const isNew = await this.books.sales.insert(sale);
    if (!isNew) {
      await this.books.sales.change(id, { where: { soldAt: null }, set: { ...order, items } });
    }
    await this.products.meet(order.products);
    // What comes after a new sale finds it and books all that is missing by then.
    await this.bookOrder(isNew ? sale : await this.books.sales.get(id));
  }

  async cancel(id: string, cafeId: string): Promise<void> {
    await this.books.sales.change(id, {
      set: { isCancelled: true },
      orInsert: unknownSale(id, cafeId),
    });
    await this.bookOrder(await this.books.sales.get(id));
  }

  /** READY may be a mistaken tap and come again: the last one counts. */
  async ready(id: string, cafeId: string, readyAt: string, seconds: number): Promise<void> {
    await this.books.sales.change(id, {
      where: { readyAt: { below: readyAt } },
      set: { readyAt, preparationSeconds: seconds },
      orInsert: unknownSale(id, cafeId),
    });
  }

  async refund(refund: Refund): Promise<void> {
    await this.books.refunds.insert(refund);
    for (const zone of await this.zonesOf(refund.cafeId)) await this.bookRefund(refund, zone);
  }

  /**
   * Books all of a café's sales and refunds by the days of a time zone. What arrives meanwhile is booked there
   * by itself: it is kept before the café's time zones are read.
   */
  async rebook(cafeId: string, zone: string): Promise<void> {
    await this.each(this.books.sales, cafeId, 'soldAt', (sale) => this.bookSale(sale, zone));
    await this.each(this.books.refunds, cafeId, 'at', (refund) => this.bookRefund(refund, zone));
  }

  private async bookOrder(sale: Sale | null): Promise<void> {
    if (!sale || sale.soldAt === null) return;
    const { id, cafeId, isCancelled } = sale;
    const zones = await this.zonesOf(cafeId);
    let isNew = false;
    for (const zone of zones) isNew = (await this.bookSale(sale, zone)) || isNew;
    const [zone] = zones;
    if (zone === undefined || isCancelled) return;
    await this.ticker.tell({ orderId: id, cafeId, soldAt: new Date(sale.soldAt), zone, isNew });
  }

  /** True when the sale was not booked before. */
  private async bookSale(sale: Sale, zone: string): Promise<boolean> {
    const isNew = await this.enter(sale, zone, 1);
    // Whether it was booked before it was cancelled is not known; both entries are nothing together.
    if (sale.isCancelled) await this.enter(sale, zone, -1);
    return isNew && !sale.isCancelled;
  }

  private async enter(sale: Sale, zone: string, sign: 1 | -1): Promise<boolean> {
    const calendar = calendarOf(sale.cafeId, zone);
    const { day, slot } = momentOf(zone, new Date(sale.soldAt!));
    const onceKey = `${sale.id} ${sign > 0 ? 'sold' : 'cancelled'}`;
    const figures = { revenue: sign * sale.revenue, orders: sign, items: sign * sale.items };
    const dayOf = emptyDay(calendar, day);
    const productsOf = noProducts(calendar, day);
    const [isNew] = await Promise.all([
      this.books.days.change(dayOf.id, {
        add: additionOf(figures, slot),
        orInsert: dayOf,
        onceKey,
      }),
      this.books.dayProducts.change(productsOf.id, {
        add: productsAddition(sale.products, sign),
        orInsert: productsOf,
        onceKey,
      }),
    ]);
    return isNew;
  }

  private async bookRefund({ id, cafeId, at, amount }: Refund, zone: string): Promise<void> {
    const orInsert = emptyDay(calendarOf(cafeId, zone), momentOf(zone, new Date(at)).day);
    await this.books.days.change(orInsert.id, {
      add: { refunds: amount },
      orInsert,
      onceKey: `${id} refunded`,
    });
  }

  /** None for a café that is not known yet: it brings its sales with it when it comes. */
  private async zonesOf(cafeId: string): Promise<string[]> {
    const cafe = await this.cafes.get(cafeId);
    return cafe ? zonesOf(cafe) : [];
  }

  private async each<Kept extends Sale | Refund>(
    collection: Collection<Kept>,
    cafeId: string,
    time: keyof Kept & string,
    work: (kept: Kept) => Promise<unknown>,
  ): Promise<void> {
    let after: [string, string] | undefined;
    for (;;) {
      const kept = await collection.find({
        where: { cafeId, [time]: { from: '' } } as never,
        order: [
          [time, 'asc'],
          ['id', 'asc'],
        ],
        ...(after && { after }),
        limit: READ_AT_ONCE,
      });
      for (const one of kept) await work(one);
      const last = kept.at(-1);
      if (!last || kept.length < READ_AT_ONCE) return;
      after = [String(last[time]), last.id];
    }
  }
}
