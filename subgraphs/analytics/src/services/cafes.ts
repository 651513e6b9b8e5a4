import type { Collection } from '@crema/kit';
import type { KnownCafe } from '../entities/known-cafe.ts';

/** The read model of cafés. */
export class Cafes {
  constructor(private readonly cafes: Collection<KnownCafe>) {}

  get(id: string): Promise<KnownCafe | null> {
    return this.cafes.get(id);
  }

  all(): Promise<KnownCafe[]> {
    return this.cafes.find({ order: [['id', 'asc']] });
  }

  /**
   * Keeps what is newer than what is known. A new time zone becomes the next one first; returns it when the
   * sales are to be booked into it.
   */
  async learn(
    id: string,
    { currency, timeZone }: { currency: string; timeZone: string },
    changedAt: string,
  ): Promise<string | null> {
    const known = await this.cafes.get(id);
    if (known && known.changedAt > changedAt) return null;
    const isBooked = known?.timeZone === timeZone;
    await this.cafes.put({
      id,
      currency,
      timeZone: known?.timeZone ?? null,
      nextTimeZone: isBooked ? null : timeZone,
      changedAt,
    });
    return isBooked ? null : timeZone;
  }

  /** From now on figures are told in this time zone. */
  async moveTo(id: string, timeZone: string): Promise<void> {
    await this.cafes.change(id, {
      where: { nextTimeZone: timeZone },
      set: { timeZone, nextTimeZone: null },
    });
  }
}

/** The time zones into which a café's sales are booked. */
export const zonesOf = ({ timeZone, nextTimeZone }: KnownCafe): string[] =>
  [timeZone, nextTimeZone].filter((zone) => zone !== null);

/** The time zone in which a café's figures are told. */
export const zoneOf = ({ timeZone, nextTimeZone }: KnownCafe): string =>
  timeZone ?? nextTimeZone ?? 'UTC';

/** A café's days as one time zone counts them: each has books of its own. */
export const calendarOf = (cafeId: string, timeZone: string): string => `${cafeId}@${timeZone}`;
