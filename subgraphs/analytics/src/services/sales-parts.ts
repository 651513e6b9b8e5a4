import { bucketsOf } from '../entities/day-preparation.ts';
import { hourOf, slotsOf } from '../entities/day-sales.ts';
import { figureFieldsOf } from '../entities/day-products.ts';
import type { Books } from './books.ts';
import { hourOfSlot, shiftDay, startOfDay } from './calendar.ts';
import { packCustomers, uniteCustomers } from './customer-set.ts';
import type { Part, PartValue } from './rollups.ts';
import type { CafeCalendar, DayRange } from './sales-scope.ts';

/** The figures by what is asked together, each read from the books that hold it. */
export interface SalesParts {
  /** revenue, orders, items, refunds */
  readonly totals: Part;
  /** `revenue_07`, `orders_07`: by the hour of the wall clock */
  readonly hours: Part;
  /** As the fields of DayProducts. */
  readonly products: Part;
  /** As the fields of DayPreparation. */
  readonly preparation: Part;
  /** `customers`: a packed set */
  readonly customers: Part;
}

export const salesParts = ({ days, dayProducts, dayPreparation, sales }: Books): SalesParts => {
  const whereOf = ({ calendar }: CafeCalendar, { from, to }: DayRange) => ({
    calendar,
    day: { from, below: shiftDay(to, 1) },
  });
  const salesOf = (calendar: CafeCalendar, range: DayRange) =>
    days.find({ where: whereOf(calendar, range), order: [['day', 'asc']] });
  return {
    totals: {
      name: 'totals',
      keepsDays: false,
      merge: addUp,
      async ofDays(calendar, range) {
        const found = await salesOf(calendar, range);
        return new Map(
          found.map(({ day, revenue, orders, items, refunds }) => [
            day,
            { revenue, orders, items, refunds },
          ]),
        );
      },
    },
    hours: {
      name: 'hours',
      keepsDays: false,
      merge: addUp,
      async ofDays(calendar, range) {
        const found = await salesOf(calendar, range);
        return new Map(
          found.map((day) => [
            day.day,
            addUp(
              slotsOf(day).map((slot) => {
                const { revenue, orders } = hourOf(day, slot);
                const hour = hourOfSlot(slot);
                return { [`revenue_${hour}`]: revenue, [`orders_${hour}`]: orders };
              }),
            ),
          ]),
        );
      },
    },
    products: {
      name: 'products',
      keepsDays: false,
      merge: addUp,
      async ofDays(calendar, range) {
        const found = await dayProducts.find({ where: whereOf(calendar, range) });
        return new Map(found.map((day) => [day.day, figureFieldsOf(day)]));
      },
    },
    preparation: {
      name: 'preparation',
      keepsDays: false,
      merge: addUp,
      async ofDays(calendar, range) {
        const found = await dayPreparation.find({ where: whereOf(calendar, range) });
        return new Map(found.map((day) => [day.day, bucketsOf(day)]));
      },
    },
    customers: {
      name: 'customers',
      keepsDays: true,
      merge: uniteCustomers,
      async ofDays(calendar, range) {
        const values = new Map<string, PartValue>();
        for (const { day } of await salesOf(calendar, range)) {
          const totals = await sales.totals({
            by: 'customerId',
            where: {
              cafeId: calendar.cafeId,
              soldAt: {
                from: startOfDay(calendar.timeZone, day).toISOString(),
                below: startOfDay(calendar.timeZone, shiftDay(day, 1)).toISOString(),
              },
              isCancelled: false,
            },
          });
          values.set(day, packCustomers(totals.flatMap(({ key }) => key ?? [])));
        }
        return values;
      },
    },
  };
};

/** Numbers by name, summed up; what comes to nothing is left out. */
function addUp(values: readonly PartValue[]): PartValue {
  const sums = new Map<string, number>();
  for (const value of values) {
    for (const [name, more] of Object.entries(value)) {
      sums.set(name, (sums.get(name) ?? 0) + Number(more));
    }
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}
