import { daysBetween, shiftDay } from './calendar.ts';

/** A day `2026-03-02`, a month `2026-03` or a year `2026`, each named by the beginning of its days' names. */
export type Period = string;

const LENGTH = { year: 4, month: 7, day: 10 } as const;

export type PeriodKind = keyof typeof LENGTH;

/** Larger ones first. */
const KINDS: readonly PeriodKind[] = ['year', 'month', 'day'];

export const isDay = (period: Period): boolean => period.length === LENGTH.day;

export const isMonth = (period: Period): boolean => period.length === LENGTH.month;

export const isYear = (period: Period): boolean => period.length === LENGTH.year;

export const monthOfDay = (day: string): Period => day.slice(0, LENGTH.month);

export const yearOfDay = (day: string): Period => day.slice(0, LENGTH.year);

export const firstDayOf = (period: Period): string => period + '0000-01-01'.slice(period.length);

export function lastDayOf(period: Period): string {
  if (isYear(period)) return `${period}-12-31`;
  if (isDay(period)) return period;
  // Whatever the month, 31 days after its first is within the next one.
  return shiftDay(`${monthOfDay(shiftDay(firstDayOf(period), 31))}-01`, -1);
}

/** A range of days, both included, as few periods as there can be. */
export function periodsOf(from: string, to: string, largest: PeriodKind): Period[] {
  const kinds = KINDS.slice(KINDS.indexOf(largest));
  const periods: Period[] = [];
  for (let day = from; day <= to;) {
    const period = kinds
      .map((kind) => day.slice(0, LENGTH[kind]))
      .find((each) => firstDayOf(each) === day && lastDayOf(each) <= to)!;
    periods.push(period);
    day = shiftDay(lastDayOf(period), 1);
  }
  return periods;
}

/** The months of a year, the days of a month. */
export const partsOf = (period: Period): Period[] =>
  isYear(period)
    ? Array.from({ length: 12 }, (_, i) => `${period}-${String(i + 1).padStart(2, '0')}`)
    : daysBetween(firstDayOf(period), lastDayOf(period));
