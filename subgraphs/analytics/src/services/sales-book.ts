import type { Collection } from '@crema/kit';
import type { Refund } from '../entities/refund.ts';
import {
  readiesOf,
  readyField,
  unknownSale,
  type Sale,
  type SoldProduct,
} from '../entities/sale.ts';
import type { Books } from './books.ts';
import { momentOf } from './calendar.ts';
import { calendarOf, zonesOf, type Cafes } from './cafes.ts';
import type { DayBook } from './day-book.ts';
import type { Products } from './products.ts';
import type { Revisions } from './revisions.ts';

export interface ConfirmedOrder {
  readonly id: string;
  readonly cafeId: string;
  readonly customerId: string;
  readonly soldAt: string;
  readonly revenue: number;
  readonly products: readonly SoldProduct[];
}

/** The books say something else of the hour of a sale than before, or may have said so already. */
export interface BookedSale {
  readonly orderId: string;
  readonly cafeId: string;
  readonly soldAt: Date;
  /** The café's time zone. */
  readonly zone: string;
  /** Whether it was taken out again. */
  readonly isCancelled: boolean;
  /** False when it was in the books, or out of them, already. */
  readonly isNew: boolean;
}

const READ_AT_ONCE = 500;

/**
 * Books sales and refunds. Facts come in any order and more than once: each is kept with its order first, and
 * then whatever is missing in the books of days and products is booked, each entry once by its key.
 */
export class SalesBook {
  constructor(
    private readonly books: Pick<Books, 'sales' | 'refunds'>,
    private readonly days: DayBook,
    private readonly cafes: Cafes,
    private readonly products: Products,
    private readonly revisions: Revisions,
  ) {}

  async confirm({ id, ...order }: ConfirmedOrder): Promise<BookedSale | null> {
    const items = order.products.reduce((sum, product) => sum + product.items, 0);
    const sale = { ...unknownSale(id, order.cafeId), ...order, items };
    const isNew = await this.books.sales.insert(sale);
    if (!isNew) {
      await this.books.sales.change(id, { where: { soldAt: null }, set: { ...order, items } });
    }
    await this.products.meet(order.products, `${order.soldAt} ${id}`);
    // What comes after a new sale finds it and books all that is missing by then.
    return this.bookOrder(isNew ? sale : await this.books.sales.get(id));
  }

  async cancel(id: string, cafeId: string): Promise<BookedSale | null> {
    await this.books.sales.change(id, {
      set: { isCancelled: true },
      orInsert: unknownSale(id, cafeId),
    });
    // A refund that is not found here is kept later, and then finds the order cancelled.
    const refunds = await this.books.refunds.find({ where: { orderId: id } });
    for (const refund of refunds) await this.enterRefund(refund);
    return this.bookOrder(await this.books.sales.get(id));
  }

  /** READY may be a mistaken tap and come again: the last one counts. */
  async ready(id: string, cafeId: string, readyAt: string, seconds: number): Promise<void> {
    await this.books.sales.change(id, {
      set: { [readyField(readyAt)]: seconds },
      orInsert: unknownSale(id, cafeId),
    });
    const sale = await this.books.sales.get(id);
    if (!sale || sale.soldAt === null) return;
    for (const zone of await this.zonesOf(cafeId)) {
      await this.bookPreparation(sale, zone);
      await this.touch(sale, zone, sale.soldAt);
    }
  }

  async refund(refund: Refund): Promise<void> {
    await this.books.refunds.insert(refund);
    await this.enterRefund(refund);
  }

  /**
   * Books all of a café's sales and refunds by the days of a time zone. What arrives meanwhile is booked there
   * by itself: it is kept before the café's time zones are read.
   */
  async rebook(cafeId: string, zone: string): Promise<void> {
    await this.each(this.books.sales, cafeId, 'soldAt', async (sale) => {
      await this.bookSale(sale, zone);
      await this.bookPreparation(sale, zone);
    });
    await this.each(this.books.refunds, cafeId, 'at', (refund) => this.bookRefund(refund, zone));
  }

  private async bookOrder(sale: Sale | null): Promise<BookedSale | null> {
    if (!sale || sale.soldAt === null) return null;
    const { id: orderId, cafeId, isCancelled } = sale;
    const zones = await this.zonesOf(cafeId);
    let isNew = false;
    for (const zone of zones) {
      isNew = (await this.bookSale(sale, zone)) || isNew;
      await this.bookPreparation(sale, zone);
      await this.touch(sale, zone, sale.soldAt);
    }
    const [zone] = zones;
    if (zone === undefined) return null;
    return { orderId, cafeId, soldAt: new Date(sale.soldAt), zone, isCancelled, isNew };
  }

  /** True when the books say something new. */
  private async bookSale(sale: Sale, zone: string): Promise<boolean> {
    const isNew = await this.enter(sale, zone, 1);
    if (!sale.isCancelled) return isNew;
    // Whether it was booked before it was cancelled is not known; both entries are nothing together.
    const isGone = await this.enter(sale, zone, -1);
    return isGone && !isNew;
  }

  private async enter(sale: Sale, zone: string, sign: 1 | -1): Promise<boolean> {
    const { day, slot } = momentOf(zone, new Date(sale.soldAt!));
    const figures = { revenue: sign * sale.revenue, orders: sign, items: sign * sale.items };
    const products = sale.products.map(({ productId, revenue, items }) => ({
      productId,
      revenue: sign * revenue,
      items: sign * items,
    }));
    const entry = { bySlot: new Map([[slot, figures]]), products };
    const onceKey = `${sale.id} ${sign > 0 ? 'sold' : 'cancelled'}`;
    return this.days.enterSales(calendarOf(sale.cafeId, zone), day, entry, onceKey);
  }

  /** Every time that it was ready is counted in; those that do not count are counted out again. */
  private async bookPreparation(sale: Sale, zone: string): Promise<void> {
    const readies = readiesOf(sale);
    if (readies.length === 0) return;
    const calendar = calendarOf(sale.cafeId, zone);
    const { day } = momentOf(zone, new Date(sale.soldAt!));
    const counting = sale.isCancelled ? undefined : readies.at(-1);
    for (const ready of readies) {
      const { at, seconds } = ready;
      await this.days.enterPreparation(calendar, day, seconds, 1, `${sale.id} ready ${at}`);
      if (ready === counting) continue;
      await this.days.enterPreparation(calendar, day, seconds, -1, `${sale.id} unready ${at}`);
    }
  }

  private async enterRefund(refund: Refund): Promise<void> {
    for (const zone of await this.zonesOf(refund.cafeId)) {
      await this.bookRefund(refund, zone);
      await this.touch(refund, zone, refund.at);
    }
  }

  /** What was given back of an order that is cancelled does not count, as the order itself does not. */
  private async bookRefund(refund: Refund, zone: string): Promise<void> {
    const { id, orderId, cafeId, at, amount } = refund;
    const calendar = calendarOf(cafeId, zone);
    const { day } = momentOf(zone, new Date(at));
    await this.days.enterRefund(calendar, day, amount, `${id} refunded`);
    const sale = await this.books.sales.get(orderId);
    if (!sale?.isCancelled) return;
    await this.days.enterRefund(calendar, day, -amount, `${id} of a cancelled order`);
  }

  private async touch({ cafeId }: { cafeId: string }, zone: string, at: string): Promise<void> {
    await this.revisions.touchDay(calendarOf(cafeId, zone), momentOf(zone, new Date(at)).day);
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
      await Promise.all(kept.map(work));
      const last = kept.at(-1);
      if (!last || kept.length < READ_AT_ONCE) return;
      after = [String(last[time]), last.id];
    }
  }
}
