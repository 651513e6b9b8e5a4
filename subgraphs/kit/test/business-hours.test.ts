import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  isOpen,
  isTimeZone,
  localDate,
  nextOpening,
  openIntervals,
  WEEKDAYS,
  type BusinessHours,
  type SpecialDay,
  type Weekday,
} from '../src/index.ts';

const NEW_YORK = 'America/New_York';

const hoursOf = (
  weekly: readonly (readonly [Weekday, string, string])[],
  special: readonly SpecialDay[] = [],
  timeZone = NEW_YORK,
): BusinessHours => ({
  timeZone,
  weekly: weekly.map(([day, opens, closes]) => ({ day, opens, closes })),
  special,
});

/** A wall-clock time with its offset, such as `2026-03-02T07:00-05:00`. */
const at = (text: string): Date => new Date(text);

const spans = (hours: BusinessHours, date: string): string[] =>
  openIntervals(hours, date).map(({ from, to }) => `${from.toISOString()}/${to.toISOString()}`);

describe('weekly hours', () => {
  const hours = hoursOf([
    ['MONDAY', '14:00', '18:00'],
    ['MONDAY', '07:00', '11:00'],
    ['WEDNESDAY', '09:00', '17:00'],
  ]);

  it('begin at the opening minute and end before the closing one', () => {
    expect(isOpen(hours, at('2026-03-02T06:59:59.999-05:00'))).toBe(false);
    expect(isOpen(hours, at('2026-03-02T07:00-05:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-02T10:59:59.999-05:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-02T11:00-05:00'))).toBe(false);
    expect(isOpen(hours, at('2026-03-02T14:00-05:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-03T14:00-05:00'))).toBe(false);
  });

  it('come in order, whatever the order they were given in', () => {
    expect(spans(hours, '2026-03-02')).toEqual([
      '2026-03-02T12:00:00.000Z/2026-03-02T16:00:00.000Z',
      '2026-03-02T19:00:00.000Z/2026-03-02T23:00:00.000Z',
    ]);
  });

  it('tell the next opening: later today, another day, this instant, or never', () => {
    expect(nextOpening(hours, at('2026-03-02T05:00-05:00'))).toEqual(at('2026-03-02T07:00-05:00'));
    expect(nextOpening(hours, at('2026-03-02T12:00-05:00'))).toEqual(at('2026-03-02T14:00-05:00'));
    expect(nextOpening(hours, at('2026-03-02T18:00-05:00'))).toEqual(at('2026-03-04T09:00-05:00'));
    expect(nextOpening(hours, at('2026-03-02T08:30-05:00'))).toEqual(at('2026-03-02T08:30-05:00'));
    expect(nextOpening(hoursOf([]), at('2026-03-02T08:30-05:00'))).toBeNull();
  });
});

describe('hours past midnight', () => {
  const hours = hoursOf([['FRIDAY', '18:00', '02:00']]);

  it('belong to the day they begin on', () => {
    expect(isOpen(hours, at('2026-03-06T23:30-05:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-07T01:59-05:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-07T02:00-05:00'))).toBe(false);
    expect(isOpen(hours, at('2026-03-06T01:00-05:00'))).toBe(false);
  });

  it('are not cut short by a closed day that follows', () => {
    const closed = hoursOf(
      [['FRIDAY', '18:00', '02:00']],
      [{ date: '2026-03-07', opens: null, closes: null }],
    );
    expect(isOpen(closed, at('2026-03-07T01:00-05:00'))).toBe(true);
  });
});

describe('a whole day', () => {
  const always = hoursOf(WEEKDAYS.map((day) => [day, '00:00', '00:00'] as const));

  it('leaves no minute out, also where the clocks change', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * 366 * 24 * 60 }), (minutes) => {
        expect(isOpen(always, new Date(Date.UTC(2026, 0, 1) + minutes * 60_000))).toBe(true);
      }),
    );
  });

  it('may begin at any time', () => {
    const hours = hoursOf([['MONDAY', '07:00', '07:00']]);
    expect(isOpen(hours, at('2026-03-02T07:00-05:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-03T06:59-05:00'))).toBe(true);
    expect(isOpen(hours, at('2026-03-03T07:00-05:00'))).toBe(false);
  });
});

describe('special days', () => {
  const weekly = WEEKDAYS.map((day) => [day, '07:00', '19:00'] as const);

  it('replace the hours of the week, and may close all day', () => {
    const hours = hoursOf(weekly, [
      { date: '2026-12-24', opens: '08:00', closes: '13:00' },
      { date: '2026-12-25', opens: null, closes: null },
    ]);
    expect(isOpen(hours, at('2026-12-24T07:30-05:00'))).toBe(false);
    expect(isOpen(hours, at('2026-12-24T12:30-05:00'))).toBe(true);
    expect(isOpen(hours, at('2026-12-24T13:00-05:00'))).toBe(false);
    expect(isOpen(hours, at('2026-12-25T12:00-05:00'))).toBe(false);
    expect(nextOpening(hours, at('2026-12-24T15:00-05:00'))).toEqual(at('2026-12-26T07:00-05:00'));
  });

  it('may run past midnight and open a day that is closed in the week', () => {
    const hours = hoursOf([], [{ date: '2026-12-31', opens: '20:00', closes: '04:00' }]);
    expect(isOpen(hours, at('2027-01-01T03:59-05:00'))).toBe(true);
    expect(nextOpening(hours, at('2026-12-01T12:00-05:00'))).toEqual(at('2026-12-31T20:00-05:00'));
  });

  it('are looked through for 60 days and no further', () => {
    const closed = Array.from({ length: 90 }, (_, day) => ({
      date: DateTime.fromISO('2026-03-02', { zone: 'utc' }).plus({ days: day }).toISODate()!,
      opens: null,
      closes: null,
    }));
    expect(nextOpening(hoursOf(weekly, closed), at('2026-03-02T12:00-05:00'))).toBeNull();
    expect(nextOpening(hoursOf(weekly, closed.slice(0, 50)), at('2026-03-02T12:00-05:00'))).toEqual(
      at('2026-04-21T07:00-04:00'),
    );
  });
});

describe('daylight saving', () => {
  it('keeps the wall clock: the same hours are other instants', () => {
    const hours = hoursOf(WEEKDAYS.map((day) => [day, '07:00', '19:00'] as const));
    expect(spans(hours, '2026-03-07')).toEqual([
      '2026-03-07T12:00:00.000Z/2026-03-08T00:00:00.000Z',
    ]);
    expect(spans(hours, '2026-03-08')).toEqual([
      '2026-03-08T11:00:00.000Z/2026-03-08T23:00:00.000Z',
    ]);
    expect(spans(hours, '2026-11-01')).toEqual([
      '2026-11-01T12:00:00.000Z/2026-11-02T00:00:00.000Z',
    ]);
  });

  it('makes a night shorter in spring and longer in autumn', () => {
    const hours = hoursOf([['SATURDAY', '22:00', '06:00']]);
    expect(spans(hours, '2026-03-07')).toEqual([
      '2026-03-08T03:00:00.000Z/2026-03-08T10:00:00.000Z',
    ]);
    expect(spans(hours, '2026-10-31')).toEqual([
      '2026-11-01T02:00:00.000Z/2026-11-01T11:00:00.000Z',
    ]);
  });

  it('reads a skipped time as the instant of the change', () => {
    expect(spans(hoursOf([['SUNDAY', '02:30', '05:00']]), '2026-03-08')).toEqual([
      '2026-03-08T07:00:00.000Z/2026-03-08T09:00:00.000Z',
    ]);
    expect(spans(hoursOf([['SATURDAY', '20:00', '02:30']]), '2026-03-07')).toEqual([
      '2026-03-08T01:00:00.000Z/2026-03-08T07:00:00.000Z',
    ]);
    expect(spans(hoursOf([['SUNDAY', '02:10', '02:50']]), '2026-03-08')).toEqual([]);
  });

  it('takes the first coming of a time that comes twice', () => {
    expect(spans(hoursOf([['SUNDAY', '01:30', '03:00']]), '2026-11-01')).toEqual([
      '2026-11-01T05:30:00.000Z/2026-11-01T08:00:00.000Z',
    ]);
    expect(spans(hoursOf([['SATURDAY', '20:00', '01:30']]), '2026-10-31')).toEqual([
      '2026-11-01T00:00:00.000Z/2026-11-01T05:30:00.000Z',
    ]);
  });

  it('does not depend on the hemisphere, on half hours, or on midnight being there', () => {
    const nights = (zone: string) => hoursOf([['SATURDAY', '22:00', '06:00']], [], zone);
    expect(spans(nights('Australia/Sydney'), '2026-10-03')).toEqual([
      '2026-10-03T12:00:00.000Z/2026-10-03T19:00:00.000Z',
    ]);
    // Lord Howe Island changes by half an hour.
    expect(spans(nights('Australia/Lord_Howe'), '2026-10-03')).toEqual([
      '2026-10-03T11:30:00.000Z/2026-10-03T19:00:00.000Z',
    ]);
    // Santiago skips from 00:00 to 01:00.
    const sunday = hoursOf([['SUNDAY', '00:00', '04:00']], [], 'America/Santiago');
    expect(spans(sunday, '2026-09-06')).toEqual([
      '2026-09-06T04:00:00.000Z/2026-09-06T07:00:00.000Z',
    ]);
  });
});

describe('the local day', () => {
  it('is the one that the place lives', () => {
    expect(localDate(NEW_YORK, at('2026-03-02T04:59:59.999Z'))).toBe('2026-03-01');
    expect(localDate(NEW_YORK, at('2026-03-02T05:00:00.000Z'))).toBe('2026-03-02');
    expect(localDate('Pacific/Kiritimati', at('2026-03-02T10:00:00.000Z'))).toBe('2026-03-03');
  });

  it.each([
    [NEW_YORK, true],
    ['Asia/Kolkata', true],
    ['UTC', true],
    ['Mars/Olympus', false],
    ['+02:00', false],
    ['local', false],
    ['system', false],
    ['UTC+3', false],
    ['', false],
  ])('%s is a time zone: %s', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });
});

const time = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => DateTime.fromMillis(quarter * 900_000, { zone: 'utc' }).toFormat('HH:mm'));
const timeZone = fc.constantFrom(
  NEW_YORK,
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'UTC',
);
const weekly = fc.array(
  fc.record({ day: fc.constantFrom(...WEEKDAYS), opens: time, closes: time }),
  { maxLength: 6 },
);
const instant = fc
  .integer({ min: 0, max: 400 * 24 * 60 })
  .map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000));

describe('any hours', () => {
  /** The rule as a person reads a door sign: only the wall clock counts. Holds but in the repeated hour. */
  const byTheSign = (hours: BusinessHours, now: Date): boolean => {
    const local = DateTime.fromJSDate(now, { zone: hours.timeZone });
    const clock = local.toFormat('HH:mm');
    const today = WEEKDAYS[local.weekday - 1];
    const yesterday = WEEKDAYS[(local.weekday + 5) % 7];
    return hours.weekly.some(({ day, opens, closes }) =>
      closes > opens
        ? day === today && opens <= clock && clock < closes
        : (day === today && opens <= clock) || (day === yesterday && clock < closes),
    );
  };
  const comesTwice = (zone: string, now: Date): boolean => {
    const offset = (ms: number) => DateTime.fromMillis(ms, { zone }).offset;
    return [-1, 1].some(
      (side) => offset(now.getTime()) !== offset(now.getTime() + side * 2 * 3_600_000),
    );
  };

  it('are open as the sign on the door says', () => {
    fc.assert(
      fc.property(weekly, timeZone, instant, (weekly, timeZone, now) => {
        fc.pre(!comesTwice(timeZone, now));
        const hours = { timeZone, weekly, special: [] };
        expect(isOpen(hours, now)).toBe(byTheSign(hours, now));
      }),
      { numRuns: 500 },
    );
  });

  it('are open at the next opening and never between now and then', () => {
    fc.assert(
      fc.property(weekly, timeZone, instant, fc.nat(), (weekly, timeZone, now, part) => {
        const hours = { timeZone, weekly, special: [] };
        const next = nextOpening(hours, now);
        if (next === null) return expect(isOpen(hours, now)).toBe(false);
        expect(next.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(isOpen(hours, next)).toBe(true);
        const gap = next.getTime() - now.getTime();
        if (gap > 0) expect(isOpen(hours, new Date(now.getTime() + (part % gap)))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('give intervals that are not empty, begin on their day, and last at most a day and a change', () => {
    fc.assert(
      fc.property(weekly, timeZone, instant, (weekly, timeZone, now) => {
        const date = localDate(timeZone, now);
        for (const { from, to } of openIntervals({ timeZone, weekly, special: [] }, date)) {
          expect(localDate(timeZone, from)).toBe(date);
          expect(from < to).toBe(true);
          expect(to.getTime() - from.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        }
      }),
      { numRuns: 300 },
    );
  });
});
