import { BigIntColumn, DateTime, Decimal, IdColumn, InstantColumn, StringColumn } from '@crema/kit';
import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { quantityText } from '../services/quantity.ts';
import { StockMovementKind } from '../types/stock-movement-kind.ts';
import { Cafe, Order, User } from '../types/references.ts';

/** One change of what is on hand. The database refuses to change or delete it. */
@ObjectType({ description: 'One change of what a café has on hand; it is never altered.' })
@Entity('stock_movements')
export class StockMovement {
  /** The order in which movements were written. */
  @PrimaryGeneratedColumn({ type: 'bigint' })
  position?: number;

  @Field(() => DateTime, { description: 'When it happened.' })
  @InstantColumn()
  at!: Date;

  @Field(() => StockMovementKind, { description: 'Why it happened.' })
  @StringColumn(20)
  kind!: StockMovementKind;

  /** Below zero for what left. */
  @BigIntColumn({ name: 'quantity_milli' })
  quantityMilli!: number;

  @IdColumn({ name: 'cafe_id' })
  cafeId!: string;

  @IdColumn({ name: 'ingredient_id' })
  ingredientId!: string;

  @IdColumn({ name: 'order_id', nullable: true })
  orderId!: string | null;

  @Field(() => String, { nullable: true, description: 'What the person who did it noted.' })
  @StringColumn(500, { nullable: true })
  reason!: string | null;

  @IdColumn({ name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Field(() => ID, { description: 'Its identifier.' })
  get id(): string {
    return String(this.position);
  }

  @Field(() => Decimal, {
    description: "In the ingredient's unit: above zero for what came in, below zero for what left.",
  })
  get quantity(): string {
    return quantityText(this.quantityMilli);
  }

  @Field(() => Cafe, { nullable: true, description: 'Where it happened.' })
  get cafe(): Cafe {
    return Cafe.of(this.cafeId);
  }

  @Field(() => Order, { nullable: true, description: 'The order that it was for.' })
  get order(): Order | null {
    return this.orderId === null ? null : Order.of(this.orderId);
  }

  @Field(() => User, { nullable: true, description: 'The member of staff who did it.' })
  get actor(): User | null {
    return this.actorId === null ? null : User.of(this.actorId);
  }
}
