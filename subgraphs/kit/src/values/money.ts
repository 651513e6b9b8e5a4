import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import { formatDecimal, multiplyDivide, parseDecimal } from './decimal.ts';
import { refused } from '../errors.ts';
import { CurrencyCode, Decimal } from './scalars.ts';

const scales = new Map<string, number>();

/** How many decimal places a currency has, by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyScale(currency: string): number {
  let scale = scales.get(currency);
  if (scale === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    scale = format.resolvedOptions().maximumFractionDigits ?? 2;
    scales.set(currency, scale);
  }
  return scale;
}

/** Money as events and documents carry it. */
export interface MoneyValue {
  minor: number;
  currency: string;
}

/** An exact amount: integer minor units of one currency. Sums across currencies throw. */
@Directive('@shareable')
@ObjectType({ description: 'An exact amount of money.' })
export class Money implements MoneyValue {
  readonly minor: number;
  readonly currency: string;

  constructor(minor: number, currency: string) {
    if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is no exact amount`);
    this.minor = minor;
    this.currency = currency;
  }

  static zero(currency: string): Money {
    return new Money(0, currency);
  }

  static from({ minor, currency }: MoneyValue): Money {
    return new Money(minor, currency);
  }

  @Field(() => Decimal, { description: "The amount in the currency's main unit." })
  get amount(): string {
    const scale = currencyScale(this.currency);
    return formatDecimal(this.minor, scale, scale);
  }

  @Field(() => CurrencyCode, { description: 'The currency of the amount.' })
  get currencyCode(): string {
    return this.currency;
  }

  plus(other: MoneyValue): Money {
    this.requireSame(other);
    return new Money(this.minor + other.minor, this.currency);
  }

  minus(other: MoneyValue): Money {
    this.requireSame(other);
    return new Money(this.minor - other.minor, this.currency);
  }

  times(count: number): Money {
    return new Money(this.minor * count, this.currency);
  }

  /** This × numerator ÷ denominator, rounded half to even to a whole minor unit. */
  fraction(numerator: number, denominator: number): Money {
    return new Money(multiplyDivide(this.minor, numerator, denominator), this.currency);
  }

  equals(other: MoneyValue): boolean {
    return this.minor === other.minor && this.currency === other.currency;
  }

  get isNegative(): boolean {
    return this.minor < 0;
  }

  toValue(): MoneyValue {
    return { minor: this.minor, currency: this.currency };
  }

  toString(): string {
    return `${this.amount} ${this.currency}`;
  }

  private requireSame(other: MoneyValue): void {
    if (other.currency !== this.currency) {
      throw new RangeError(`${this.currency} and ${other.currency} do not add up`);
    }
  }
}

@InputType({ description: 'An exact amount of money.' })
export class MoneyInput {
  @Field(() => Decimal, { description: "The amount in the currency's main unit, as a string." })
  amount!: string;

  @Field(() => CurrencyCode, { description: 'The currency of the amount.' })
  currencyCode!: string;
}

export interface MoneyRules {
  /** Where in the input the amount stands. */
  field: readonly string[];
  /** The only currency that will do; any, unless told. */
  currency?: string;
  /** Least and most in minor units. Nothing negative, unless told. */
  least?: number;
  most?: number;
}

const MOST_MINOR = 1_000_000_000_00;

/** Reads an amount from input; refuses with INVALID_AMOUNT or CURRENCY_MISMATCH, naming the field. */
export function readMoney(
  { amount, currencyCode }: MoneyInput,
  { field, currency = currencyCode, least = 0, most = MOST_MINOR }: MoneyRules,
): Money {
  if (currencyCode !== currency) {
    throw refused('CURRENCY_MISMATCH', `The currency must be ${currency}.`, [
      ...field,
      'currencyCode',
    ]);
  }
  const scale = currencyScale(currency);
  const minor = parseDecimal(amount, scale);
  if (minor === null || minor < least || minor > most) {
    const [from, to] = [least, most].map((value) => formatDecimal(value, scale, scale));
    throw refused(
      'INVALID_AMOUNT',
      `The amount must be from ${from} to ${to} with at most ${scale} decimal places.`,
      [...field, 'amount'],
    );
  }
  return new Money(minor, currency);
}
