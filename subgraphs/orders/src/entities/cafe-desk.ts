import { BigIntColumn, IntColumn, KeyColumn, StringColumn } from '@crema/kit';
import { Entity } from 'typeorm';

const NUMBERS_PER_LETTER = 999;
const LETTERS = 26;

/** How much the latest order says about a café's pace, in percent. */
const LATEST_PERCENT = 20;
const QUICKEST_MS_PER_ITEM = 5_000;
const SLOWEST_MS_PER_ITEM = 15 * 60_000;

/** What a café counts. Its row is locked by every change of an order there, so that changes commit in order. */
@Entity('cafe_desks')
export class CafeDesk {
  /** The café's id. */
  @KeyColumn()
  id!: string;

  /** Of the latest change. */
  @BigIntColumn()
  position!: number;

  /** The local day that `lastNumber` counts. */
  @StringColumn(10, { name: 'business_day' })
  businessDay!: string;

  @IntColumn({ name: 'last_number' })
  lastNumber!: number;

  /** How long one piece takes here, as measured. */
  @IntColumn({ name: 'ms_per_item' })
  msPerItem!: number;

  nextPosition(): number {
    return ++this.position;
  }

  /** The next number of the day, B-001, … A day that is over does not come back. */
  nextNumber(localDay: string): string {
    if (localDay > this.businessDay) {
      this.businessDay = localDay;
      this.lastNumber = 0;
    }
    const index = this.lastNumber++;
    const number = String((index % NUMBERS_PER_LETTER) + 1).padStart(3, '0');
    return `${lettersOf(Math.floor(index / NUMBERS_PER_LETTER))}-${number}`;
  }

  /** Learns from an order: an exponentially weighted mean, deaf to mistaken taps and forgotten ones. */
  measure(elapsedMs: number, items: number): void {
    const perItem = Math.round(elapsedMs / Math.max(items, 1));
    const sample = Math.min(Math.max(perItem, QUICKEST_MS_PER_ITEM), SLOWEST_MS_PER_ITEM);
    this.msPerItem = Math.round(
      (this.msPerItem * (100 - LATEST_PERCENT) + sample * LATEST_PERCENT) / 100,
    );
  }
}

const lettersOf = (index: number): string =>
  (index >= LETTERS ? lettersOf(Math.floor(index / LETTERS) - 1) : '') +
  String.fromCharCode('A'.charCodeAt(0) + (index % LETTERS));
