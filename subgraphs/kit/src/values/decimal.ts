/**
 * A decimal text as an integer of `scale` decimal places: ("4.25", 2) is 425. Null when it has more
 * places than that, is no decimal number, or is too large to be exact.
 */
export function parseDecimal(text: string, scale: number): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = ''] = match;
  const places = fraction.replace(/0+$/, '');
  if (places.length > scale) return null;
  const value = Number(`${sign}${whole}${places.padEnd(scale, '0')}`);
  return Number.isSafeInteger(value) ? value + 0 : null;
}

/** An integer of `scale` decimal places as text; `least` places are always shown: (425, 2, 2) is "4.25". */
export function formatDecimal(value: number, scale: number, least = 0): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let fraction = digits.slice(digits.length - scale);
  while (fraction.length > least && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${value < 0 ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** a × b ÷ c, exact, rounded half to even: the rule that favours neither side in the long run. */
export function multiplyDivide(a: number, b: number, c: number): number {
  const product = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  let quotient = product / divisor;
  const twice = 2n * (product - quotient * divisor);
  const size = twice < 0n ? -twice : twice;
  const limit = divisor < 0n ? -divisor : divisor;
  if (size > limit || (size === limit && quotient % 2n !== 0n)) {
    quotient += product < 0n === divisor < 0n ? 1n : -1n;
  }
  const result = Number(quotient);
  if (!Number.isSafeInteger(result)) throw new RangeError('an amount is too large to be exact');
  return result;
}
