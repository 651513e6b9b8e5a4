/** So many requests in so long; whoever was quiet may send them all at once. */
export interface RateLimit {
  readonly count: number;
  readonly periodMs: number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Reads `600/1m`: a count, and a period in s, m or h. Undefined for what is written otherwise. */
export function parseRateLimit(text: string): RateLimit | undefined {
  const [, count, length, unit = ''] = /^([1-9]\d{0,8})\/([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
  const unitMs = UNITS[unit];
  if (!unitMs) return undefined;
  return { count: Number(count), periodMs: Number(length) * unitMs };
}

/** One who asks, and what this request takes of what they may ask for. */
export interface Charge {
  readonly key: string;
  readonly limit: RateLimit;
  readonly units: number;
}

/** A charge that was refused, and when it could be made. */
export interface Refusal {
  readonly charge: Charge;
  readonly waitMs: number;
}
