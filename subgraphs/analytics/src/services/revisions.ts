import type { Clock, Collection } from '@crema/kit';
import type { Revision } from '../entities/rollup.ts';
import { shiftDay } from './calendar.ts';
import type { CafeCalendar } from './sales-scope.ts';
import { monthOfDay, type Period, yearOfDay } from './periods.ts';

/** Whoever writes thinks a day over a whole day before those who read do: their clocks need not agree. */
const OVER_AFTER_DAYS = { forWriters: 2, forReaders: 3 } as const;

/**
 * How often the books of a period were written after it was over. What was worked out from them holds as long as
 * the revision is the same, so whoever writes touches it afterwards, and whoever reads looks at it before.
 */
export class Revisions {
  constructor(
    private readonly revisions: Collection<Revision>,
    private readonly clock: Clock,
  ) {}

  /** The last day that is over wherever a café is, for those who read. */
  lastDayOver(): string {
    return shiftDay(this.today(), -OVER_AFTER_DAYS.forReaders);
  }

  /** A day of a calendar was written; the smaller period first, because the larger ones are made of it. */
  async touchDay(calendar: string, day: string): Promise<void> {
    if (day > shiftDay(this.today(), -OVER_AFTER_DAYS.forWriters)) return;
    for (const period of [day, monthOfDay(day), yearOfDay(day)]) {
      await this.touch(idOf(calendar, period));
    }
  }

  /** All days of a calendar were written. */
  touchAll(calendar: string): Promise<void> {
    return this.touch(calendar);
  }

  /** For each period its revision: it only ever rises. */
  async of(
    periods: readonly { calendar: CafeCalendar; period: Period }[],
  ): Promise<readonly number[]> {
    const calendars = [...new Set(periods.map(({ calendar: { calendar } }) => calendar))];
    const ids = periods.map(({ calendar: { calendar }, period }) => idOf(calendar, period));
    const found = await this.revisions.getMany([...calendars, ...ids]);
    const revisions = new Map(found.flatMap((each) => (each ? [[each.id, each.revision]] : [])));
    const revision = (id: string) => revisions.get(id) ?? 0;
    return periods.map(
      ({ calendar: { calendar } }, index) => revision(calendar) + revision(ids[index]!),
    );
  }

  private async touch(id: string): Promise<void> {
    await this.revisions.change(id, { add: { revision: 1 }, orInsert: { id, revision: 0 } });
  }

  private today(): string {
    return this.clock.now().toISOString().slice(0, 10);
  }
}

const idOf = (calendar: string, period: Period): string => `${calendar}/${period}`;
