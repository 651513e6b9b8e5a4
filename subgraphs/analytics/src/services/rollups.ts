import type { Collection } from '@crema/kit';
import type { Rollup } from '../entities/rollup.ts';
import { shiftDay } from './calendar.ts';
import {
  firstDayOf,
  isDay,
  isMonth,
  isYear,
  lastDayOf,
  monthOfDay,
  partsOf,
  periodsOf,
  type Period,
  type PeriodKind,
} from './periods.ts';
import type { Revisions } from './revisions.ts';
import type { CafeCalendar, DayRange } from './sales-scope.ts';

export type PartValue = Rollup['value'];

/** Some of the figures: how they are read from the books, and put together. */
export interface Part {
  readonly name: string;
  /** Whether days are kept, too, because the books of a day do not have it at hand. */
  readonly keepsDays: boolean;
  /** What the books say of each day of a range of a calendar; a day of which they say nothing may be absent. */
  ofDays(calendar: CafeCalendar, range: DayRange): Promise<ReadonlyMap<string, PartValue>>;
  merge(values: readonly PartValue[]): PartValue;
}

/** What a part comes to in one period of one calendar. */
export interface PeriodValue {
  readonly calendar: CafeCalendar;
  readonly period: Period;
  readonly value: PartValue;
}

interface Wanted {
  readonly calendar: CafeCalendar;
  readonly period: Period;
}

/**
 * Figures of any range from few documents: of years and months that are over, and of the days at both ends. Each is
 * worked out when it is asked for first, a year from its months, a month from its days, and kept; the days are read
 * from the books, as a rule.
 */
export class Rollups {
  constructor(
    private readonly rollups: Collection<Rollup>,
    private readonly revisions: Revisions,
  ) {}

  /** A part over a range of days, by periods no larger than told. */
  async read(
    part: Part,
    calendars: readonly CafeCalendar[],
    range: DayRange,
    largest: PeriodKind = 'year',
  ): Promise<PeriodValue[]> {
    const lastOver = this.revisions.lastDayOver();
    const periods = periodsOf(range.from, range.to < lastOver ? range.to : lastOver, largest);
    const kept = periods.filter((period) => part.keepsDays || !isDay(period));
    const [values, days] = await Promise.all([
      this.valuesOf(
        part,
        calendars.flatMap((calendar) => kept.map((period) => ({ calendar, period }))),
      ),
      Promise.all(
        calendars.flatMap((calendar) =>
          around(range, kept).map(async (ends) => {
            const found = await part.ofDays(calendar, ends);
            return [...found].map(([period, value]) => ({ calendar, period, value }));
          }),
        ),
      ),
    ]);
    return [...values, ...days.flat()];
  }

  /** Works out what is missing up to the last day that is over, so that nobody has to wait for it. */
  async prepare(parts: readonly Part[], calendar: CafeCalendar, from: string): Promise<void> {
    const range = { from, to: this.revisions.lastDayOver() };
    for (const part of parts) await this.read(part, [calendar], range);
  }

  private async valuesOf(part: Part, wanted: readonly Wanted[]): Promise<PeriodValue[]> {
    if (wanted.length === 0) return [];
    // Looked at before the books are: what is written meanwhile makes the value one of an earlier revision.
    const revisions = await this.revisions.of(wanted);
    const found = await this.rollups.getMany(wanted.map((each) => idOf(part, each)));
    const isKept = (index: number) => found[index]?.revision === revisions[index];
    const missing = wanted.filter((_, index) => !isKept(index));
    const made = await this.make(part, missing);
    await Promise.all(
      wanted.map(async (each, index) => {
        const value = made.get(each);
        if (value === undefined) return;
        await this.rollups.put({ id: idOf(part, each), revision: revisions[index]!, value });
      }),
    );
    return wanted.flatMap((each, index) => {
      const value = isKept(index) ? found[index]!.value : made.get(each);
      return value === undefined ? [] : [{ ...each, value }];
    });
  }

  /** Works values out. There is none for a day of which the books say nothing. */
  private async make(
    part: Part,
    wanted: readonly Wanted[],
  ): Promise<ReadonlyMap<Wanted, PartValue>> {
    const made = new Map<Wanted, PartValue>();
    for (const days of byMonth(wanted.filter(({ period }) => isDay(period)))) {
      const [{ calendar, period: from }] = days;
      const values = await part.ofDays(calendar, { from, to: days.at(-1)!.period });
      for (const day of days) {
        const value = values.get(day.period);
        if (value !== undefined) made.set(day, value);
      }
    }
    const months = wanted.filter(({ period }) => isMonth(period));
    await Promise.all(months.map(async (month) => made.set(month, await this.sumOf(part, month))));
    // One after the other: of a long time only what is needed at once is in memory.
    for (const year of wanted.filter(({ period }) => isYear(period))) {
      made.set(year, await this.sumOf(part, year));
    }
    return made;
  }

  /** What the months of a year, or the days of a month, come to. */
  private async sumOf(part: Part, { calendar, period }: Wanted): Promise<PartValue> {
    if (isMonth(period) && !part.keepsDays) {
      const range = { from: firstDayOf(period), to: lastDayOf(period) };
      return part.merge([...(await part.ofDays(calendar, range)).values()]);
    }
    const parts = partsOf(period).map((each) => ({ calendar, period: each }));
    return part.merge((await this.valuesOf(part, parts)).map(({ value }) => value));
  }
}

/** The days of a range before and after some periods of it that follow each other. */
function around({ from, to }: DayRange, periods: readonly Period[]): DayRange[] {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return [{ from, to }];
  return [
    { from, to: shiftDay(firstDayOf(first), -1) },
    { from: shiftDay(lastDayOf(last), 1), to },
  ].filter((range) => range.from <= range.to);
}

const idOf = (part: Part, { calendar, period }: Wanted): string =>
  `${calendar.calendar}/${period}/${part.name}`;

type Days = [Wanted, ...Wanted[]];

/** Days of one month of one calendar together, in their order. */
function byMonth(days: readonly Wanted[]): Iterable<Days> {
  const months = new Map<string, Days>();
  for (const day of days) {
    const month = `${day.calendar.calendar}/${monthOfDay(day.period)}`;
    const others = months.get(month);
    if (others) others.push(day);
    else months.set(month, [day]);
  }
  return months.values();
}
