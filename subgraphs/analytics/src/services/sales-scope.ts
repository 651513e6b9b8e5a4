import { refused, type Caller } from '@crema/kit';
import type { KnownCafe } from '../entities/known-cafe.ts';
import type { SalesFilter } from '../inputs/sales-filter.ts';
import { shiftDay, shiftYears } from './calendar.ts';
import { calendarOf, zoneOf, type Cafes } from './cafes.ts';

const LONGEST_YEARS = 5;
const SCOPE = 'analytics:read';

/** One café's days, as its figures are told. */
export interface CafeCalendar {
  readonly cafeId: string;
  readonly timeZone: string;
  readonly calendar: string;
}

/** Whose figures are asked for: the cafés that the caller may see, all of one currency. */
export interface CafeScope {
  readonly currency: string;
  readonly cafes: readonly CafeCalendar[];
  readonly timeZones: readonly string[];
  readonly calendars: readonly string[];
}

/** Days, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** The same, with the days. */
export interface SalesScope extends CafeScope, DayRange {
  /** What selects the books of these days. */
  readonly where: {
    readonly calendar: readonly string[];
    readonly day: { readonly from: string; readonly below: string };
  };
}

/** Checks what is asked for, and whether the caller may know it. */
export class SalesScopes {
  constructor(private readonly cafes: Cafes) {}

  async of(caller: Caller, { from, to, cafeId }: SalesFilter): Promise<SalesScope> {
    const scope = await this.ofCafes(caller, cafeId ?? null);
    if (from > to) throw refused('INVALID_RANGE', 'from must not be after to.', ['from']);
    if (to > shiftYears(from, LONGEST_YEARS)) {
      throw refused('RANGE_TOO_LONG', `At most ${LONGEST_YEARS} years may be asked for.`, ['to']);
    }
    const where = { calendar: scope.calendars, day: { from, below: shiftDay(to, 1) } };
    return { ...scope, from, to, where };
  }

  /** One café, or all that the caller works at. */
  async ofCafes(caller: Caller, cafeId: string | null): Promise<CafeScope> {
    const cafes = cafeId === null ? await this.allOf(caller) : [await this.one(caller, cafeId)];
    const currencies = new Set(cafes.map(({ currency }) => currency));
    const [currency] = currencies;
    if (currency === undefined) {
      throw refused('NO_CAFES', 'There is no café yet whose sales you may see.', ['cafeId']);
    }
    if (currencies.size > 1) {
      throw refused(
        'CURRENCY_REQUIRED',
        `Your cafés have several currencies (${[...currencies].join(', ')}): name one café by cafeId.`,
        ['cafeId'],
      );
    }
    const calendars = cafes.map(calendarIn);
    return {
      currency,
      cafes: calendars,
      timeZones: [...new Set(calendars.map(({ timeZone }) => timeZone))],
      calendars: calendars.map(({ calendar }) => calendar),
    };
  }

  private async one(caller: Caller, cafeId: string): Promise<KnownCafe> {
    caller.requireAt(SCOPE, cafeId);
    const cafe = await this.cafes.get(cafeId);
    if (!cafe) throw refused('NOT_FOUND', 'There is no such café.', ['cafeId']);
    return cafe;
  }

  private async allOf(caller: Caller): Promise<KnownCafe[]> {
    caller.require(SCOPE);
    return (await this.cafes.all()).filter(({ id }) => caller.hasAt(SCOPE, id));
  }
}

/** A café's days, in the time zone in which its figures are told. */
export function calendarIn(cafe: KnownCafe): CafeCalendar {
  const timeZone = zoneOf(cafe);
  return { cafeId: cafe.id, timeZone, calendar: calendarOf(cafe.id, timeZone) };
}
