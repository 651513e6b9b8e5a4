import {
  BigIntColumn,
  BooleanColumn,
  DateTime,
  Decimal,
  IdColumn,
  InstantColumn,
  KeyColumn,
  stableId,
} from '@crema/kit';
import { LRUCache } from 'lru-cache';
import { Field, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { quantityText } from '../services/quantity.ts';
import { Cafe } from '../types/references.ts';

const levelIds = new LRUCache<string, string>({ max: 100_000 });

/** The key of a café's level of an ingredient: short enough for an index, the same everywhere. */
export function stockLevelId(cafeId: string, ingredientId: string): string {
  const name = `stock/${cafeId}/${ingredientId}`;
  let id = levelIds.get(name);
  if (id === undefined) {
    id = stableId(name);
    levelIds.set(name, id);
  }
  return id;
}

/**
 * What a café has of one ingredient. Quantities are thousandths of the ingredient's unit. Reservations
 * never take more than is available; a count may find less than is reserved, and then nothing is
 * available until a delivery or the end of orders makes up for it.
 */
@ObjectType({ description: "Quantities are in the ingredient's unit." })
@Entity('stock_levels')
export class StockLevel {
  @KeyColumn()
  id!: string;

  @IdColumn({ name: 'cafe_id' })
  cafeId!: string;

  @IdColumn({ name: 'ingredient_id' })
  ingredientId!: string;

  @BigIntColumn({ name: 'on_hand_milli' })
  onHandMilli!: number;

  @BigIntColumn({ name: 'reserved_milli' })
  reservedMilli!: number;

  @BigIntColumn({ name: 'reorder_point_milli' })
  reorderPointMilli!: number;

  @Field(() => Boolean, {
    description: 'Whether what is available is at or below the reorder point.',
  })
  @BooleanColumn({ name: 'is_low' })
  isLow!: boolean;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @InstantColumn({ name: 'updated_at' })
  updatedAt!: Date;

  /** A café's level of an ingredient that it never had. */
  static empty(cafeId: string, ingredientId: string, now: Date): StockLevel {
    return Object.assign(new StockLevel(), {
      id: stockLevelId(cafeId, ingredientId),
      cafeId,
      ingredientId,
      onHandMilli: 0,
      reservedMilli: 0,
      reorderPointMilli: 0,
      isLow: false,
      updatedAt: now,
    });
  }

  /** This level as it is now, untouched by what comes. */
  copy(): StockLevel {
    return Object.assign(new StockLevel(), this);
  }

  @Field(() => Cafe, { nullable: true, description: 'Where it is.' })
  get cafe(): Cafe {
    return Cafe.of(this.cafeId);
  }

  @Field(() => Decimal, { description: 'What is physically there.' })
  get onHand(): string {
    return quantityText(this.onHandMilli);
  }

  @Field(() => Decimal, { description: 'What is set aside for orders that are not prepared yet.' })
  get reserved(): string {
    return quantityText(this.reservedMilli);
  }

  @Field(() => Decimal, { description: 'What is on hand and not reserved; never below zero.' })
  get available(): string {
    return quantityText(this.availableMilli);
  }

  @Field(() => Decimal, { description: 'Available stock at or below this is low.' })
  get reorderPoint(): string {
    return quantityText(this.reorderPointMilli);
  }

  get availableMilli(): number {
    return Math.max(0, this.onHandMilli - this.reservedMilli);
  }

  receive(milli: number): void {
    this.onHandMilli += milli;
  }

  /** Takes away what nobody has reserved. */
  waste(milli: number): void {
    if (milli > this.availableMilli) throw new RangeError(`${this.id} has less than is wasted`);
    this.onHandMilli -= milli;
  }

  /** A count is the truth, reserved or not. */
  count(milli: number): void {
    this.onHandMilli = milli;
  }

  reserve(milli: number): void {
    if (milli > this.availableMilli) throw new RangeError(`${this.id} has less than is reserved`);
    this.reservedMilli += milli;
  }

  release(milli: number): void {
    if (milli > this.reservedMilli)
      throw new RangeError(`${this.id} has less reserved than is released`);
    this.reservedMilli -= milli;
  }

  /**
   * Uses up what was reserved. Where a count found less than that, only what is there is used: on hand
   * never falls below zero. Returns whether all of it was there.
   */
  consume(milli: number): boolean {
    this.release(milli);
    const taken = Math.min(milli, this.onHandMilli);
    this.onHandMilli -= taken;
    return taken === milli;
  }

  /** Looks at the reorder point again; true when the level has just become low. */
  hasJustRunLow(): boolean {
    const wasLow = this.isLow;
    this.isLow = this.availableMilli <= this.reorderPointMilli;
    return this.isLow && !wasLow;
  }
}
