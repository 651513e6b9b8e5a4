import { IANAZone } from 'luxon';

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
  const spans: readonly { opens: string | null; closes: string | null }[] =
    special.length > 0 ? special : hours.weekly.filter(({ day }) => day === weekdayOf(date));
  return spans
    .flatMap(({ opens, closes }) => {
      if (opens === null || closes === null) return [];
      const closingDay = closes <= opens ? nextDay(date) : date;
      const from = instantOf(hours.timeZone, date, opens);
      const to = instantOf(hours.timeZone, closingDay, closes);
      return from < to ? [{ from, to }] : [];
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
  isoDay(at.getTime() + offsetMs(timeZone, at.getTime()));

/** Whether the name is in the IANA database; offsets such as `+02:00` are no place's time zone. */
export const isTimeZone = (name: string): boolean =>
  /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The instant of a wall-clock time, HH:mm or HH:mm:ss. A time that a change of clocks skips is the instant of the change, and a
 * time that comes twice is its first coming. (Luxon's answer for such times depends on the season it is asked in.)
 */
export function instantOf(timeZone: string, date: string, time: string): Date {
  const local = Date.parse(`${date}T${time}Z`);
  const before = offsetMs(timeZone, local - DAY_MS);
  const after = offsetMs(timeZone, local + DAY_MS);
  const first = local - Math.max(before, after);
  const last = local - Math.min(before, after);
  if (first === last || isAt(timeZone, first, local)) return new Date(first);
  if (isAt(timeZone, last, local)) return new Date(last);
  let [early, late] = [first, last];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetMs(timeZone, middle) === after) late = middle;
    else early = middle;
  }
  return new Date(late);
}

const isAt = (timeZone: string, instant: number, local: number): boolean =>
  instant + offsetMs(timeZone, instant) === local;

const offsetMs = (timeZone: string, instant: number): number =>
  IANAZone.create(timeZone).offset(instant) * MINUTE_MS;

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const weekdayOf = (date: string): Weekday =>
  WEEKDAYS[(new Date(startOf(date)).getUTCDay() + 6) % 7]!;
const nextDay = (date: string): string => isoDay(startOf(date) + DAY_MS);
const previousDay = (date: string): string => isoDay(startOf(date) - DAY_MS);
