import {
  currencyScale,
  Money,
  problem,
  readMoney,
  Refusal,
  type MoneyInput,
  type Problem,
} from '@crema/kit';
import type { ChosenOption } from '../entities/order-line.ts';
import type { ProductFact } from '../entities/read-models.ts';
import type { OrderInput, OrderLineInput } from '../inputs/order-input.ts';
import type { Shelf } from './catalogue.ts';
import type { KnownCafe } from './known-cafe.ts';

export const MOST_LINES = 100;
export const MOST_OF_ONE = 50;
export const LONGEST_NOTE = 200;
/** In the currency's main unit. */
export const MOST_TIP = 500;
/** Shown where neither café nor tip tells the currency, beside the problem that says so. */
const NO_CURRENCY = 'USD';

export interface PricedLine {
  readonly productId: string;
  readonly productName: string;
  readonly chosen: readonly ChosenOption[];
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly total: Money;
  readonly note: string | null;
}

/** What an order costs, and everything that stands in its way. A line that cannot be priced counts nothing. */
export interface PricedOrder {
  readonly cafe: KnownCafe | null;
  readonly lines: readonly PricedLine[];
  readonly subtotal: Money;
  readonly tax: Money;
  readonly tip: Money;
  readonly total: Money;
  readonly pickupAt: Date | null;
  readonly note: string | null;
  readonly problems: readonly Problem[];
}

type Path = readonly string[];

/** The one set of rules for quoting and placing. Paths are within the order's input. */
export function priceOrder(
  input: OrderInput,
  shelf: Shelf,
  now: Date,
  pickupAheadMs: number,
): PricedOrder {
  const cafe = shelf.cafe(input.cafeId);
  const currency = cafe?.currency ?? input.tip?.currencyCode ?? NO_CURRENCY;
  const problems: Problem[] = [];

  checkCafe(cafe, input, now, pickupAheadMs, problems);
  const note = readNote(input.note, ['note'], problems);
  const tip = readTip(input.tip ?? null, currency, problems);
  const lines = countLines(input, problems).map((line, index) =>
    priceLine(line, ['lines', String(index)], { cafe, currency, shelf }, problems),
  );

  const subtotal = lines.reduce((sum, line) => sum.plus(line.total), Money.zero(currency));
  const tax = cafe
    ? subtotal.fraction(cafe.taxNumerator, cafe.taxDenominator)
    : Money.zero(currency);
  return {
    cafe,
    lines,
    subtotal,
    tax,
    tip,
    total: subtotal.plus(tax).plus(tip),
    pickupAt: input.pickupAt ?? null,
    note,
    problems,
  };
}

function checkCafe(
  cafe: KnownCafe | null,
  { pickupAt }: OrderInput,
  now: Date,
  pickupAheadMs: number,
  problems: Problem[],
): void {
  if (!cafe) problems.push(problem('NOT_FOUND', 'There is no such café.', ['cafeId']));
  else if (cafe.pausedReason !== null) {
    const message = `${cafe.name} takes no orders at the moment: ${cafe.pausedReason}`;
    problems.push(problem('CAFE_CLOSED', message, ['cafeId']));
  } else if (!pickupAt && !cafe.isOpenAt(now)) {
    problems.push(problem('CAFE_CLOSED', `${cafe.name} is closed now.`, ['cafeId']));
  }
  if (!pickupAt) return;
  const aheadMs = pickupAt.getTime() - now.getTime();
  if (aheadMs <= 0) {
    problems.push(problem('INVALID_INPUT', 'The pickup time has passed.', ['pickupAt']));
  } else if (aheadMs > pickupAheadMs) {
    const days = pickupAheadMs / 86_400_000;
    const message = `The pickup time must be within ${days} days.`;
    problems.push(problem('INVALID_INPUT', message, ['pickupAt']));
  } else if (cafe && !cafe.openingAround(pickupAt)) {
    problems.push(problem('CAFE_CLOSED', `${cafe.name} is closed at that time.`, ['pickupAt']));
  }
}

function readNote(
  note: string | null | undefined,
  field: Path,
  problems: Problem[],
): string | null {
  const text = note?.trim() ?? '';
  if (text.length > LONGEST_NOTE) {
    const message = `A note has at most ${LONGEST_NOTE} characters.`;
    problems.push(problem('INVALID_INPUT', message, field));
  }
  return text === '' ? null : text;
}

function readTip(tip: MoneyInput | null, currency: string, problems: Problem[]): Money {
  if (!tip) return Money.zero(currency);
  try {
    const most = MOST_TIP * 10 ** currencyScale(currency);
    return readMoney(tip, { field: ['tip'], currency, most });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problems.push(...error.problems);
    return Money.zero(currency);
  }
}

function countLines({ lines }: OrderInput, problems: Problem[]): readonly OrderLineInput[] {
  if (lines.length >= 1 && lines.length <= MOST_LINES) return lines;
  problems.push(problem('INVALID_INPUT', `An order has 1 to ${MOST_LINES} lines.`, ['lines']));
  return lines.slice(0, MOST_LINES);
}

interface Shop {
  readonly cafe: KnownCafe | null;
  readonly currency: string;
  readonly shelf: Shelf;
}

function priceLine(
  { productId, quantity, optionIds, note }: OrderLineInput,
  at: Path,
  { cafe, currency, shelf }: Shop,
  problems: Problem[],
): PricedLine {
  const add = (code: string, message: string, field: string) =>
    problems.push(problem(code, message, [...at, field]));
  const isQuantity = quantity >= 1 && quantity <= MOST_OF_ONE;
  if (!isQuantity)
    add('INVALID_INPUT', `The quantity must be from 1 to ${MOST_OF_ONE}.`, 'quantity');
  const read = {
    productId,
    quantity,
    note: readNote(note, [...at, 'note'], problems),
  };
  const worthNothing = { unitPrice: Money.zero(currency), total: Money.zero(currency) };

  const product = shelf.product(productId);
  if (!product) {
    add('NOT_FOUND', 'There is no such product.', 'productId');
    return { ...read, ...worthNothing, productName: '', chosen: [] };
  }
  const { name: productName } = product;
  const { chosen, foreign } = choose(product, optionIds ?? [], currency, (message) =>
    add('INVALID_OPTIONS', message, 'optionIds'),
  );
  const offer = cafe ? shelf.offer(cafe.id, productId) : null;
  const price = offer?.price ?? product.price;
  if (product.archived) {
    add('PRODUCT_UNAVAILABLE', `${productName} is not on the menu any more.`, 'productId');
  } else if (cafe && (price.currency !== currency || foreign)) {
    add('PRODUCT_UNAVAILABLE', `${productName} is not sold at ${cafe.name}.`, 'productId');
  } else if (offer?.soldOut) {
    add('SOLD_OUT', `${productName} is sold out.`, 'productId');
  }
  if (price.currency !== currency || foreign)
    return { ...read, ...worthNothing, productName, chosen };

  const unitMinor = chosen.reduce((sum, { deltaMinor }) => sum + deltaMinor, price.minor);
  // A menu whose deductions exceed a price sells for nothing; it never pays.
  const unitPrice = new Money(Math.max(unitMinor, 0), currency);
  const total = unitPrice.times(isQuantity ? quantity : 0);
  return { ...read, productName, chosen, unitPrice, total };
}

/** The chosen options in the menu's order, a group without one filled by its defaults. */
function choose(
  { name: productName, optionGroups }: ProductFact,
  optionIds: readonly string[],
  currency: string,
  object: (message: string) => void,
): { chosen: ChosenOption[]; foreign: boolean } {
  const wanted = new Set(optionIds);
  if (wanted.size < optionIds.length) object('An option is chosen twice.');
  const chosen: ChosenOption[] = [];
  let known = 0;
  let foreign = false;
  for (const { name, min, max, options } of optionGroups) {
    const picked = options.filter(({ id }) => wanted.has(id));
    known += picked.length;
    const taken = picked.length > 0 ? picked : options.filter(({ isDefault }) => isDefault);
    if (taken.length < min || taken.length > max) {
      const range = min === max ? `${min}` : `${min} to ${max}`;
      object(`Choose ${range} of ${name} for ${productName}.`);
    }
    for (const { id, name: optionName, priceDelta } of taken) {
      if (priceDelta.currency !== currency && priceDelta.minor !== 0) foreign = true;
      chosen.push({ optionId: id, name: optionName, deltaMinor: priceDelta.minor });
    }
  }
  if (known < wanted.size) object(`${productName} has no such option.`);
  return { chosen, foreign };
}
