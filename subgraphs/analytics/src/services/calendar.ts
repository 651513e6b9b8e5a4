import { DateTime } from 'luxon';

/*
 * Business days are the calendar days that a café lives. Hours are told apart by the wall clock and its offset
 * from UTC: when clocks go back, the same hour comes twice, and each is an hour of its own.
 */

/** `h07w240`: the hour from 07:00 while the clock is 240 minutes west of UTC. */
export type Slot = `h${string}`;

export interface Moment {
  readonly day: string;
  readonly slot: Slot;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The day and hour that a place lives at an instant. */
export function momentOf(timeZone: string, at: Date): Moment {
  const local = DateTime.fromJSDate(at, { zone: timeZone });
  const side = local.offset < 0 ? 'w' : 'e';
  const hour = String(local.hour).padStart(2, '0');
  return { day: local.toISODate()!, slot: `h${hour}${side}${Math.abs(local.offset)}` };
}

export const hourOfSlot = (slot: Slot): number => Number(slot.slice(1, 3));

/** When an hour of a day begins. */
export function startOfSlot(day: string, slot: Slot): Date {
  const offset = Number(slot.slice(4)) * (slot[3] === 'w' ? -1 : 1);
  return new Date(Date.parse(`${day}T${slot.slice(1, 3)}:00:00Z`) - offset * MINUTE_MS);
}

export const startOfDay = (timeZone: string, day: string): Date =>
  DateTime.fromISO(day, { zone: timeZone }).startOf('day').toJSDate();

/** Every hour of a day, in order: 23, 24 or 25 as a rule. */
export function hoursOf(timeZone: string, day: string): Date[] {
  const from = startOfDay(timeZone, day).getTime();
  const to = startOfDay(timeZone, shiftDay(day, 1)).getTime();
  // Clocks change by whole quarters of an hour.
  const step = to - from === DAY_MS ? HOUR_MS : HOUR_MS / 4;
  const starts = new Set<number>();
  for (let at = from; at < to; at += step) {
    const moment = momentOf(timeZone, new Date(at));
    starts.add(startOfSlot(moment.day, moment.slot).getTime());
  }
  return [...starts].map((at) => new Date(at));
}

export const shiftDay = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

export const shiftYears = (day: string, years: number): string =>
  DateTime.fromISO(day, { zone: 'utc' }).plus({ years }).toISODate()!;

/** Both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  const last = Date.parse(to);
  for (let at = Date.parse(from); at <= last; at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

export const countDays = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

/** The Monday of a day's week. */
export const weekOf = (day: string): string => {
  const date = new Date(day);
  return shiftDay(day, -((date.getUTCDay() + 6) % 7));
};

/** The first of a day's month. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
