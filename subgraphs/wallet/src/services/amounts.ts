import { currencyScale, readMoney, type Money, type MoneyInput } from '@crema/kit';

/** In the currency's main unit. */
const MOST_AT_ONCE = 10_000;

/** Reads what a person wants to move; refuses with INVALID_AMOUNT or CURRENCY_MISMATCH. */
export const readAmount = (amount: MoneyInput, currency: string): Money =>
  readMoney(amount, {
    field: ['amount'],
    currency,
    least: 1,
    most: MOST_AT_ONCE * 10 ** currencyScale(currency),
  });
