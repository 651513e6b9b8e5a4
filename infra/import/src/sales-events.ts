import { createHash } from 'node:crypto';
import { instantOf, stableId, type Clock, type EventContract, type StoredEvent } from '@crema/kit';
import { PastProductFound, PastStoreFound, SalesImported } from '@crema/schema/events';
import { minorOf, type Plan, type PlannedCafe } from './plan.ts';
import type { KnownSale, StagedRow, StoreDay } from './staging.ts';

/** A line as a sale at a café. */
export interface Sale extends KnownSale {
  readonly line: number;
  readonly productName: string;
}

/** Reads the lines of one store and day as sales: their times are those of the café's clock. */
export function salesOf(
  { storeId, day }: StoreDay,
  rows: readonly StagedRow[],
  { cafes, products }: Plan,
): Sale[] {
  const { id: cafeId, timeZone, currency } = cafes.get(storeId)!;
  return rows.map(({ line, transactionId, productId, time, quantity, priceHundredths }) => {
    const { id, name } = products.get(productId)!;
    return {
      line,
      transactionId,
      cafeId,
      productId: id,
      productName: name,
      at: secondOf(timeZone, day, time),
      quantity,
      unitPriceMinor: minorOf(priceHundredths, currency),
    };
  });
}

/** Sales of one café as a fact of the event log; the same sales make the same fact. */
export function salesImported(
  source: string,
  { id: cafeId, currency }: PlannedCafe,
  sales: readonly Sale[],
  clock: Clock,
): StoredEvent {
  const products = new Map<string, string>();
  for (const { productId, productName } of sales) products.set(productId, productName);
  const places = new Map([...products.keys()].map((productId, place) => [productId, place]));
  const lines = sales.map(({ transactionId, at, productId, quantity, unitPriceMinor }) => ({
    transactionId,
    at: new Date(at * 1_000).toISOString(),
    product: places.get(productId)!,
    quantity,
    unitPriceMinor,
  }));
  const data = {
    source,
    cafeId,
    currency,
    products: [...products].map(([productId, name]) => ({ productId, name })),
    lines,
  };
  const digest = createHash('sha256').update(JSON.stringify(data)).digest('base64');
  return eventOf(SalesImported, stableId(`past-sales/${digest}`), cafeId, data, clock);
}

/** Facts about the cafés and products that are not there yet. */
export function catalogueFacts({ cafes, products }: Plan, clock: Clock): StoredEvent[] {
  const stores = [...cafes.values()].flatMap(({ id, found }) =>
    found ? [eventOf(PastStoreFound, stableId(`past-store/${id}`), id, found, clock)] : [],
  );
  const sold = [...products.values()].flatMap(({ id, found }) =>
    found ? [eventOf(PastProductFound, stableId(`past-product/${id}`), id, found, clock)] : [],
  );
  return [...stores, ...sold];
}

const eventOf = <Data>(
  { type, version, topic, data: shape }: EventContract<Data>,
  id: string,
  key: string,
  data: Data,
  clock: Clock,
): StoredEvent => ({
  id,
  type,
  version,
  topic,
  key,
  source: 'import',
  time: clock.now().toISOString(),
  data: shape.parse(data),
});

const DAY_S = 86_400;

/** Where a day begins, and whether no clock changes on it; of the days that were asked for last. */
const days = new Map<string, { readonly startS: number; readonly isPlain: boolean }>();
const MOST_DAYS = 100;

/** Seconds since 1970 of a wall-clock time. Only on days of which clocks change it takes looking. */
function secondOf(timeZone: string, day: string, time: string): number {
  const name = `${timeZone} ${day}`;
  let known = days.get(name);
  if (!known) {
    const startS = instantS(timeZone, day, '00:00');
    const lastS = instantS(timeZone, day, '23:59:59');
    known = { startS, isPlain: lastS - startS === DAY_S - 1 };
    if (days.size >= MOST_DAYS) days.clear();
    days.set(name, known);
  }
  if (!known.isPlain) return instantS(timeZone, day, time);
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return known.startS + hours * 3_600 + minutes * 60 + seconds;
}

const instantS = (timeZone: string, day: string, time: string): number =>
  Math.floor(instantOf(timeZone, day, time).getTime() / 1_000);
