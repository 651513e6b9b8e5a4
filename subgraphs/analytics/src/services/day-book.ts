import { noPreparation, bucketField } from '../entities/day-preparation.ts';
import { noProducts, productsAddition, type ProductFigures } from '../entities/day-products.ts';
import { additionOf, emptyDay, type Figures } from '../entities/day-sales.ts';
import type { Books } from './books.ts';
import type { Slot } from './calendar.ts';
import { bucketOf } from './preparation-sketch.ts';

/** What is added to a day at once. */
export interface DayEntry {
  readonly bySlot: ReadonlyMap<Slot, Figures>;
  /** Each product once. */
  readonly products: readonly ProductFigures[];
}

/**
 * The books of days. What is entered is entered once by its key, however often it comes; what is to go is entered
 * again with its figures turned round, under a key of its own. Whoever enters into a day that may be over tells
 * `Revisions` of it afterwards.
 */
export class DayBook {
  constructor(private readonly books: Pick<Books, 'days' | 'dayProducts' | 'dayPreparation'>) {}

  /** Enters sales. True when they were not there before. */
  async enterSales(
    calendar: string,
    day: string,
    { bySlot, products }: DayEntry,
    onceKey: string,
  ): Promise<boolean> {
    const dayOf = emptyDay(calendar, day);
    const productsOf = noProducts(calendar, day);
    const [isNew] = await Promise.all([
      this.books.days.change(dayOf.id, { add: additionOf(bySlot), orInsert: dayOf, onceKey }),
      this.books.dayProducts.change(productsOf.id, {
        add: productsAddition(products),
        orInsert: productsOf,
        onceKey,
      }),
    ]);
    return isNew;
  }

  /** Counts what was given back in, or with a negative amount out again. */
  async enterRefund(calendar: string, day: string, amount: number, onceKey: string): Promise<void> {
    const orInsert = emptyDay(calendar, day);
    await this.books.days.change(orInsert.id, { add: { refunds: amount }, orInsert, onceKey });
  }

  /** Counts one time of preparation in, or out again. */
  async enterPreparation(
    calendar: string,
    day: string,
    seconds: number,
    sign: 1 | -1,
    onceKey: string,
  ): Promise<void> {
    const orInsert = noPreparation(calendar, day);
    const add = { [bucketField(bucketOf(seconds))]: sign };
    await this.books.dayPreparation.change(orInsert.id, { add, orInsert, onceKey });
  }
}
