import { Money } from '@crema/kit';
import type { MoneyData } from '@crema/schema/events';

export type Unit = 'GRAM' | 'MILLILITRE' | 'PIECE';

/** How numbers, money and times are written where somebody lives. */
export interface Formats {
  /** BCP 47. */
  readonly locale: string;
  money(value: MoneyData): string;
  /** `quantity` is a decimal text; pieces are called by the word that fits the number. */
  quantity(
    quantity: string,
    unit: Unit,
    pieces: { readonly one: string; readonly other: string },
  ): string;
  /** Day and time in this zone, an IANA name; null where it is not known: then UTC, which it says. */
  time(instant: string, timeZone: string | null): string;
}

const UNITS = { GRAM: 'gram', MILLILITRE: 'milliliter' } as const;

/** Formatters of Intl cost more to make than all the rest of a text, so each is made once. */
export function formatsFor(locale: string): Formats {
  const number = new Intl.NumberFormat(locale);
  const plural = new Intl.PluralRules(locale);
  const currencies = remembered(
    (currency) => new Intl.NumberFormat(locale, { style: 'currency', currency }),
  );
  const units = remembered(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
  );
  const zones = remembered((timeZone) => timeFormat(locale, timeZone));
  return {
    locale,
    money: (value) => currencies(value.currency).format(Money.from(value).amount as `${number}`),
    quantity: (quantity, unit, pieces) =>
      unit === 'PIECE'
        ? `${number.format(quantity as `${number}`)} ${plural.select(Number(quantity)) === 'one' ? pieces.one : pieces.other}`
        : units(UNITS[unit]).format(quantity as `${number}`),
    time: (instant, timeZone) => zones(timeZone ?? '').format(new Date(instant)),
  };
}

function timeFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const fields = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  } as const;
  try {
    return new Intl.DateTimeFormat(locale, { ...fields, timeZone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...fields, timeZone: 'UTC', timeZoneName: 'short' });
  }
}

function remembered<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
