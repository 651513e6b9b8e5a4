import {
  isOpen,
  localDate,
  openIntervals,
  parseDecimal,
  type BusinessHours,
  type OpenInterval,
} from '@crema/kit';
import { DateTime } from 'luxon';
import type { CafeFact } from '../entities/read-models.ts';

/** A tax rate in percent is kept as an integer of so many places. */
const TAX_PLACES = 6;
const TAX_WHOLE = 100 * 10 ** TAX_PLACES;

/** What an order must know of its café. Looking up hours is slow, so the current day and opening are remembered. */
export class KnownCafe {
  readonly name: string;
  readonly currency: string;
  /** Null while orders are taken. */
  readonly pausedReason: string | null;
  readonly taxNumerator: number;
  readonly taxDenominator = TAX_WHOLE;
  private readonly hours: BusinessHours;
  private today: { date: string; from: number; to: number } | null = null;
  private opening: OpenInterval | null = null;

  constructor(
    readonly id: string,
    fact: CafeFact,
  ) {
    const tax = parseDecimal(fact.taxRate, TAX_PLACES);
    if (tax === null || tax < 0) throw new RangeError(`${fact.taxRate} is no tax rate`);
    this.name = fact.name;
    this.currency = fact.currency;
    this.pausedReason = fact.orderingPausedReason;
    this.taxNumerator = tax;
    this.hours = {
      timeZone: fact.timeZone,
      weekly: fact.openingHours,
      special: fact.specialHours,
    };
  }

  /** The calendar day that the café lives. */
  localDay(at: Date): string {
    const time = at.getTime();
    if (!this.today || time < this.today.from || time >= this.today.to) {
      const start = DateTime.fromJSDate(at, { zone: this.hours.timeZone }).startOf('day');
      this.today = {
        date: start.toISODate()!,
        from: start.toMillis(),
        to: start.plus({ days: 1 }).toMillis(),
      };
    }
    return this.today.date;
  }

  isOpenAt(at: Date): boolean {
    if (this.opening && this.opening.from <= at && at < this.opening.to) return true;
    if (!isOpen(this.hours, at)) return false;
    this.opening = this.openingAround(at);
    return true;
  }

  /** The opening that an instant lies in, or null. */
  openingAround(at: Date): OpenInterval | null {
    const today = localDate(this.hours.timeZone, at);
    const intervals = [dayBefore(today), today].flatMap((date) => this.openingsOn(date));
    return intervals.find(({ from, to }) => from <= at && at < to) ?? null;
  }

  /** The openings that begin on a local day. One that begins before the night before has ended goes on from there. */
  openingsOn(date: string): OpenInterval[] {
    const nights = openIntervals(this.hours, dayBefore(date)).map(({ to }) => to.getTime());
    const earliest = Math.max(...nights, 0);
    return openIntervals(this.hours, date).flatMap(({ from, to }) =>
      to.getTime() <= earliest ? [] : [{ from: new Date(Math.max(from.getTime(), earliest)), to }],
    );
  }
}

const dayBefore = (date: string): string =>
  DateTime.fromISO(date, { zone: 'utc' }).minus({ days: 1 }).toISODate()!;
