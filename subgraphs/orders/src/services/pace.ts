/** Gain of one more measurement: the first ones count fully, the later ones enough to follow a change. */
const LEAST_GAIN = 0.1;
/** A single order counts as so many times slower or quicker at most: a forgotten tap is not believed. */
const MOST_FACTOR = 3;
const QUICKEST_MS_PER_ITEM = 5_000;
const SLOWEST_MS_PER_ITEM = 15 * 60_000;
/** Who is seen to help out is believed at once; who was not seen for a while may be idle. */
const HANDS_RISE = 0.5;
const HANDS_FALL = 0.05;

/** How fast a café works, as measured: whole numbers, so that it is the same wherever it is read. */
export interface Pace {
  /** How long one piece takes. */
  readonly msPerItem: number;
  /** How many orders that was learned from, as far as it matters. */
  readonly measured: number;
  /** How many orders are made side by side, in percent. */
  readonly handsPercent: number;
}

/** The pace of a café that was never seen working. */
export const startingPace = (msPerItem: number): Pace => ({
  msPerItem,
  measured: 0,
  handsPercent: 100,
});

/**
 * Learns from an order that is ready: the mean of all while they are few, later an exponentially weighted one.
 * Each measurement is first brought to within a factor of what is believed (a winsorized mean), so that it
 * takes several to change much.
 */
export function paceAfter(
  { msPerItem, measured: before }: Pace,
  elapsedMs: number,
  items: number,
): Pick<Pace, 'msPerItem' | 'measured'> {
  const sample = between(
    elapsedMs / Math.max(items, 1),
    msPerItem / MOST_FACTOR,
    msPerItem * MOST_FACTOR,
  );
  const measured = Math.min(before + 1, Math.round(1 / LEAST_GAIN) - 1);
  const learned = Math.round(msPerItem + (sample - msPerItem) / (measured + 1));
  return {
    measured,
    msPerItem: between(learned, QUICKEST_MS_PER_ITEM, SLOWEST_MS_PER_ITEM),
  };
}

/** Learns from an order that is begun while so many are being made, itself included. */
export function handsAfter({ handsPercent }: Pace, making: number): Pick<Pace, 'handsPercent'> {
  const difference = 100 * making - handsPercent;
  const gain = difference > 0 ? HANDS_RISE : HANDS_FALL;
  return { handsPercent: Math.round(handsPercent + gain * difference) };
}

export const handsOf = ({ handsPercent }: Pace): number =>
  Math.max(Math.round(handsPercent / 100), 1);

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);
