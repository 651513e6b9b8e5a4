import { parseDecimal } from '@crema/kit';
import type { Column, SalesRecord } from './sales-file.ts';

/** One line of the file as it counts: what was sold, where and when by the clock of the store. */
export interface SaleRow {
  readonly line: number;
  readonly transactionId: string;
  readonly storeId: string;
  /** YYYY-MM-DD */
  readonly day: string;
  /** HH:mm:ss */
  readonly time: string;
  readonly quantity: number;
  /** Hundredths of the store's currency, of one piece. */
  readonly priceHundredths: number;
  readonly productId: string;
  readonly storeName: string;
  readonly productName: string;
  readonly category: string;
}

/** Why a line is left out. */
export interface BadRow {
  readonly line: number;
  /** The column that is wrong; null where it is the line as a whole. */
  readonly column: Column | null;
  readonly reason: string;
}

const MOST_PIECES = 100_000;
const MOST_HUNDREDTHS = 100_000_000;

const ID = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const AMERICAN_DAY = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

class WrongValue extends Error {
  constructor(
    readonly column: Column,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Reads a record; what is wrong with it first, column by column, when it is no sale. */
export function readSaleRow({ line, values, width }: SalesRecord): SaleRow | BadRow {
  if (!values) {
    const reason = `has ${width.found} columns, not ${width.wanted}`;
    return { line, column: null, reason };
  }
  try {
    return {
      line,
      transactionId: idOf(values, 'transaction_id'),
      day: dayOf(values.transaction_date),
      time: timeOf(values.transaction_time),
      quantity: quantityOf(values.transaction_qty),
      storeId: idOf(values, 'store_id'),
      storeName: textOf(values, 'store_location', 100),
      productId: idOf(values, 'product_id'),
      priceHundredths: priceOf(values.unit_price),
      category: textOf(values, 'product_category', 80),
      productName: textOf(values, 'product_detail', 100),
    };
  } catch (error) {
    if (!(error instanceof WrongValue)) throw error;
    return { line, column: error.column, reason: error.reason };
  }
}

export const isBad = (row: SaleRow | BadRow): row is BadRow => 'reason' in row;

function idOf(values: Readonly<Record<Column, string>>, column: Column): string {
  const value = values[column];
  if (value.length > 40 || !ID.test(value)) {
    throw new WrongValue(
      column,
      `${shown(value)} is no identifier: letters and digits, with single . - _ between, 40 at most`,
    );
  }
  return value;
}

function textOf(values: Readonly<Record<Column, string>>, column: Column, most: number): string {
  const value = values[column];
  if (value === '') throw new WrongValue(column, 'is empty');
  if (value.length > most) throw new WrongValue(column, `is longer than ${most} characters`);
  if (/\p{Cc}/u.test(value))
    throw new WrongValue(column, `${shown(value)} is not one line of text`);
  if (value.includes('\uFFFD')) throw new WrongValue(column, `${shown(value)} is not UTF-8`);
  return value;
}

function dayOf(text: string): string {
  const day = isoDayOf(text);
  const isDay = day !== null && toDay(Date.parse(day)) === day;
  if (!isDay) {
    throw new WrongValue(
      'transaction_date',
      `${shown(text)} is no date such as 2023-01-31 or 1/31/23`,
    );
  }
  return day;
}

function isoDayOf(text: string): string | null {
  if (DAY.test(text)) return text;
  const [, month, day, year] = AMERICAN_DAY.exec(text) ?? [];
  if (month === undefined || day === undefined || year === undefined) return null;
  return `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** The day of an instant; empty for what is none, such as that of a 31st of February. */
const toDay = (ms: number): string =>
  Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10);

function timeOf(text: string): string {
  const [, hours, minutes, seconds = '00'] = TIME.exec(text) ?? [];
  const isTime =
    hours !== undefined && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  if (!isTime) {
    throw new WrongValue('transaction_time', `${shown(text)} is no time such as 07:06:11`);
  }
  return `${hours.padStart(2, '0')}:${minutes}:${seconds}`;
}

function quantityOf(text: string): number {
  const quantity = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (quantity < 1 || quantity > MOST_PIECES) {
    throw new WrongValue(
      'transaction_qty',
      `${shown(text)} is no whole number from 1 to ${MOST_PIECES}`,
    );
  }
  return quantity;
}

function priceOf(text: string): number {
  const hundredths = parseDecimal(text, 2);
  if (hundredths === null || hundredths < 0 || hundredths > MOST_HUNDREDTHS) {
    throw new WrongValue(
      'unit_price',
      `${shown(text)} is no price from 0 to ${MOST_HUNDREDTHS / 100} with at most two decimals`,
    );
  }
  return hundredths;
}

const shown = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
