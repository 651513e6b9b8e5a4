import { formatDecimal, parseDecimal, problem, Refusal, type Problem } from '@crema/kit';
import { Unit } from '../types/unit.ts';

/** Quantities are kept as whole thousandths of the ingredient's unit. */
const PLACES = 3;
const THOUSANDTHS = 10 ** PLACES;

/** The most that one input may name. */
const MOST_MILLI = 1_000_000 * THOUSANDTHS;

export const quantityText = (milli: number): string => formatDecimal(milli, PLACES);

export const milliOf = (quantity: number): number => Math.round(quantity * THOUSANDTHS);

interface QuantityRules {
  unit: Unit;
  /** Where in the input the quantity stands. */
  field: readonly string[];
  /** A count and a reorder point may be zero. */
  zero?: boolean;
}

/** Reads a quantity from input: its thousandths, or what is wrong with it. */
export function parseQuantity(
  text: string,
  { unit, field, zero = false }: QuantityRules,
): number | Problem {
  const milli = parseDecimal(text, PLACES);
  if (milli === null) {
    return problem('INVALID_QUANTITY', 'The quantity may have at most 3 decimal places.', field);
  }
  if (milli > MOST_MILLI || milli < 0 || (milli === 0 && !zero)) {
    const least = zero ? 'from 0' : 'above 0';
    const most = zero ? 'to 1,000,000' : 'and at most 1,000,000';
    return problem('INVALID_QUANTITY', `The quantity must be ${least} ${most}.`, field);
  }
  if (unit === Unit.PIECE && milli % THOUSANDTHS !== 0) {
    return problem('INVALID_QUANTITY', 'Pieces are counted in whole numbers.', field);
  }
  return milli;
}

/** The same, refusing with INVALID_QUANTITY. */
export function readQuantity(text: string, rules: QuantityRules): number {
  const quantity = parseQuantity(text, rules);
  if (typeof quantity !== 'number') throw new Refusal([quantity]);
  return quantity;
}
