import type { Collection } from '@crema/kit';
import type { Rollup } from '../entities/rollup.ts';
import { shiftDay } from './calendar.ts';
import { isDay, monthOfDay, partsOf, periodsOf, type Period, type PeriodKind } from './periods.ts';
import type { Revisions } from './revisions.ts';
import type { CafeCalendar, DayRange } from './sales-scope.ts';

export type PartValue = Rollup['value'];

/** Some of the figures: how they are read from the books, and put together. */
export interface Part {
  readonly name: string;
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
 * Figures of any range from few documents: of years and months that are over, and of days at both ends. Each is
 * worked out when it is asked for first, a year from its months, a month from its days, and kept; days that are
 * not over are read from the books.
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
    { from, to }: DayRange,
    largest: PeriodKind = 'year',
  ): Promise<PeriodValue[]> {
    const lastOver = this.revisions.lastDayOver();
    const periods = periodsOf(from, to < lastOver ? to : lastOver, largest);
    const over = await this.valuesOf(
      part,
      calendars.flatMap((calendar) => periods.map((period) => ({ calendar, period }))),
    );
    if (to <= lastOver) return over;
    const firstOpen = from > lastOver ? from : shiftDay(lastOver, 1);
    const open = await Promise.all(
      calendars.map(async (calendar) => {
        const days = await part.ofDays(calendar, { from: firstOpen, to });
        return [...days].map(([period, value]) => ({ calendar, period, value }));
      }),
    );
    return [...over, ...open.flat()];
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
    const values = wanted.map((each, index) =>
      isKept(index) ? found[index]!.value : made.get(each)!,
    );
    await Promise.all(
      wanted.map(async (each, index) => {
        if (isKept(index)) return;
        const [revision, value] = [revisions[index]!, values[index]!];
        await this.rollups.put({ id: idOf(part, each), revision, value });
      }),
    );
    return wanted.map((each, index) => ({ ...each, value: values[index]! }));
  }

  private async make(
    part: Part,
    wanted: readonly Wanted[],
  ): Promise<ReadonlyMap<Wanted, PartValue>> {
    const made = new Map<Wanted, PartValue>();
    for (const days of byMonth(wanted.filter(({ period }) => isDay(period)))) {
      const [{ calendar, period: from }] = days;
      const values = await part.ofDays(calendar, { from, to: days.at(-1)!.period });
      for (const day of days) made.set(day, values.get(day.period) ?? part.merge([]));
    }
    // One after the other: of a long time only what is needed at once is in memory.
    for (const each of wanted.filter(({ period }) => !isDay(period))) {
      const parts = partsOf(each.period).map((period) => ({ calendar: each.calendar, period }));
      const values = await this.valuesOf(part, parts);
      made.set(each, part.merge(values.map(({ value }) => value)));
    }
    return made;
  }
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
