import { isTimeZone, parseDecimal } from '@crema/kit';
import { Matches, MaxLength, ValidateBy } from 'class-validator';
import { TAX_RATE_SCALE } from '../entities/cafe.ts';

/** One line of text for people: not blank, no control characters, at most `most` characters. */
export const Line =
  (most: number): PropertyDecorator =>
  (target, property) => {
    const name = String(property);
    MaxLength(most)(target, name);
    Matches(/\S/, { message: `${name} must not be blank` })(target, name);
    Matches(/^[^\p{Cc}]*$/u, { message: `${name} must be one line of text` })(target, name);
  };

const rule = (name: string, message: string, holds: (value: unknown) => boolean) => () =>
  ValidateBy({ name, validator: { validate: holds, defaultMessage: () => message } });

export const IsTimeZoneName = rule(
  'isTimeZoneName',
  'timeZone must be a name of the IANA time zone database, such as America/New_York',
  (value) => typeof value === 'string' && value.length <= 64 && isTimeZone(value),
);

/** Thousandths of a per cent, or null when it is no tax rate. */
export function readTaxRate(text: string): number | null {
  const milli = parseDecimal(text, TAX_RATE_SCALE);
  return milli !== null && milli >= 0 && milli <= 100_000 ? milli : null;
}

export const IsTaxRate = rule(
  'isTaxRate',
  'taxRate must be a percentage from 0 to 100 with at most 3 decimal places',
  (value) => typeof value === 'string' && readTaxRate(value) !== null,
);
