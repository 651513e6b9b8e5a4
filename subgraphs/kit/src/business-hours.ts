import { DateTime } from 'luxon';

export const WEEKDAYS = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** Wall-clock times, HH:mm. `closes` at or before `opens` lies on the next day; equal times are a whole day. */
export interface WeeklyHours {
  readonly day: Weekday;
  readonly opens: string;
  readonly closes: string;
}

/** A day that differs from the week; null times mean closed all day. */
export interface SpecialDay {
  readonly date: string;
  readonly opens: string | null;
  readonly closes: string | null;
}

/** When a place is open, in its own time zone. */
export interface BusinessHours {
  /** IANA name. */
  readonly timeZone: string;
  readonly weekly: readonly WeeklyHours[];
  readonly special: readonly SpecialDay[];
}

export interface OpenInterval {
  readonly from: Date;
  /** Not open at this very instant any more. */
  readonly to: Date;
}

/** Further ahead than this no opening is looked for. */
const DAYS_AHEAD = 60;

/** The intervals that begin on this local day, in order. They may end on the next. */
export function openIntervals(hours: BusinessHours, date: string): OpenInterval[] {
  const special = hours.special.filter((each) => each.date === date);
  const weekday = WEEKDAYS[DateTime.fromISO(date, { zone: 'utc' }).weekday - 1]!;
  const spans: readonly { opens: string | null; closes: string | null }[] =
    special.length > 0 ? special : hours.weekly.filter(({ day }) => day === weekday);
  return spans
    .flatMap(({ opens, closes }) => {
      if (opens === null || closes === null) return [];
      const closingDay = closes <= opens ? nextDay(date) : date;
      // A wall-clock time that a change of clocks skips is read as the instant that follows it.
      const from = DateTime.fromISO(`${date}T${opens}`, { zone: hours.timeZone });
      const to = DateTime.fromISO(`${closingDay}T${closes}`, { zone: hours.timeZone });
      return from < to ? [{ from: from.toJSDate(), to: to.toJSDate() }] : [];
    })
    .sort((a, b) => a.from.getTime() - b.from.getTime());
}

export function isOpen(hours: BusinessHours, at: Date): boolean {
  const today = localDate(hours.timeZone, at);
  return [previousDay(today), today].some((date) =>
    openIntervals(hours, date).some(({ from, to }) => from <= at && at < to),
  );
}

/** The instant from which it is open next: `from` itself while open, null when nothing is in sight. */
export function nextOpening(hours: BusinessHours, from: Date): Date | null {
  if (isOpen(hours, from)) return from;
  let date = localDate(hours.timeZone, from);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++, date = nextDay(date)) {
    const next = openIntervals(hours, date).find((interval) => interval.from > from);
    if (next) return next.from;
  }
  return null;
}

/** The calendar day, YYYY-MM-DD, that a place lives at an instant. */
export const localDate = (timeZone: string, at: Date): string =>
  DateTime.fromJSDate(at, { zone: timeZone }).toISODate()!;

export const isTimeZone = (name: string): boolean => DateTime.utc().setZone(name).isValid;

const shiftDay = (date: string, days: number): string =>
  DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate()!;
const nextDay = (date: string): string => shiftDay(date, 1);
const previousDay = (date: string): string => shiftDay(date, -1);
