import { BigIntColumn, IntColumn, KeyColumn, StringColumn } from '@crema/kit';
import { Entity } from 'typeorm';
import { handsAfter, paceAfter, type Pace } from '../services/pace.ts';

const NUMBERS_PER_LETTER = 999;
const LETTERS = 26;

/** What a café counts. Its row is locked by every change of an order there, so that changes commit in order. */
@Entity('cafe_desks')
export class CafeDesk implements Pace {
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

  /** How many orders that was learned from, as far as it matters. */
  @IntColumn()
  measured!: number;

  /** How many orders are made side by side here, in percent, as measured. */
  @IntColumn({ name: 'hands_percent' })
  handsPercent!: number;

  /** How many are PREPARING now. */
  @IntColumn()
  making!: number;

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

  /** One more is being made. */
  begin(): void {
    this.making++;
    Object.assign(this, handsAfter(this, this.making));
  }

  /** One that was being made is not any more. */
  end(): void {
    this.making--;
  }

  /** An order of so many pieces took so long. */
  measure(elapsedMs: number, items: number): void {
    Object.assign(this, paceAfter(this, elapsedMs, items));
  }
}

const lettersOf = (index: number): string =>
  (index >= LETTERS ? lettersOf(Math.floor(index / LETTERS) - 1) : '') +
  String.fromCharCode('A'.charCodeAt(0) + (index % LETTERS));
