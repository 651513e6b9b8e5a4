import type { Document } from '@crema/kit';
import { z } from 'zod';
import type { Slot } from '../services/calendar.ts';

/** Amounts are minor units of the café's currency. */
export interface Figures {
  readonly revenue: number;
  readonly orders: number;
  readonly items: number;
}

export const NOTHING: Figures = { revenue: 0, orders: 0, items: 0 };

/** The figures of an hour stand in the day's document, in fields of their own. */
type HourField = `${Slot}_${keyof Figures}`;

/** One business day of one café. */
export interface DaySales extends Document, Figures {
  readonly calendar: string;
  /** YYYY-MM-DD in the café's time zone. */
  readonly day: string;
  readonly refunds: number;
  readonly [hour: HourField]: number;
}

export const dayId = (calendar: string, day: string): string => `${calendar}/${day}`;

export const emptyDay = (calendar: string, day: string): DaySales => ({
  id: dayId(calendar, day),
  calendar,
  day,
  refunds: 0,
  ...NOTHING,
});

/** What sales of some hours add to their day and to these hours. */
export const additionOf = (
  bySlot: ReadonlyMap<Slot, Figures>,
): Figures & Readonly<Record<HourField, number>> => ({
  ...[...bySlot.values()].reduce(plus, NOTHING),
  ...Object.fromEntries(
    [...bySlot].flatMap(([slot, { revenue, orders, items }]) => [
      [`${slot}_revenue`, revenue],
      [`${slot}_orders`, orders],
      [`${slot}_items`, items],
    ]),
  ),
});

export const hourOf = (day: DaySales, slot: Slot): Figures => ({
  revenue: day[`${slot}_revenue`] ?? 0,
  orders: day[`${slot}_orders`] ?? 0,
  items: day[`${slot}_items`] ?? 0,
});

/** The hours of a day in which something was sold. */
export const slotsOf = (day: DaySales): Slot[] =>
  Object.keys(day).flatMap((field) =>
    field.endsWith('_orders') ? [field.slice(0, -7) as Slot] : [],
  );

export const plus = (a: Figures, b: Figures): Figures => ({
  revenue: a.revenue + b.revenue,
  orders: a.orders + b.orders,
  items: a.items + b.items,
});

/** The fields of hours have names of their own. */
export const daySalesSchema = z
  .object({
    id: z.string(),
    calendar: z.string(),
    day: z.string(),
    refunds: z.int(),
    revenue: z.int(),
    orders: z.int(),
    items: z.int(),
  })
  .catchall(z.int());
