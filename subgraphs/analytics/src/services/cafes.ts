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
   * Keeps what is not older than what is known: of one moment, what is told last. Its time zone becomes the next one
   * first. Several processes may learn of one café at once. Returns the café as it is then.
   */
  async learn(
    id: string,
    { currency, timeZone }: { currency: string; timeZone: string },
    changedAt: string,
  ): Promise<KnownCafe | null> {
    await this.cafes.change(id, {
      where: { changedAt: { below: `${changedAt}~` } },
      set: { currency, nextTimeZone: timeZone, changedAt },
      orInsert: { id, currency, timeZone: null, nextTimeZone: timeZone, changedAt },
    });
    return this.cafes.get(id);
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
export const zonesOf = ({ timeZone, nextTimeZone }: KnownCafe): string[] => [
  ...new Set([timeZone, nextTimeZone].filter((zone) => zone !== null)),
];

/** The time zone in which a café's figures are told. */
export const zoneOf = ({ timeZone, nextTimeZone }: KnownCafe): string =>
  timeZone ?? nextTimeZone ?? 'UTC';

/** A café's days as one time zone counts them: each has books of its own. */
export const calendarOf = (cafeId: string, timeZone: string): string => `${cafeId}@${timeZone}`;
