import {
  BigIntColumn,
  DateTime,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  Money,
  StringColumn,
} from '@crema/kit';
import { Field, ID, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';

/** So many of one line's pieces. */
export interface RefundedLine {
  readonly lineId: string;
  readonly quantity: number;
}

@ObjectType({ description: 'Money that is given back for an order.' })
@Entity('refunds')
export class OrderRefund {
  /** The order's own, when all is given back because the order ended early. */
  @Field(() => ID, { description: 'Its identifier.' })
  @KeyColumn()
  id!: string;

  @IdColumn({ name: 'order_id' })
  orderId!: string;

  /** What had been promised back before; refunds of an order follow each other by it. */
  @BigIntColumn({ name: 'before_minor' })
  beforeMinor!: number;

  @BigIntColumn({ name: 'amount_minor' })
  amountMinor!: number;

  @BigIntColumn({ name: 'subtotal_minor' })
  subtotalMinor!: number;

  @BigIntColumn({ name: 'tax_minor' })
  taxMinor!: number;

  @BigIntColumn({ name: 'tip_minor' })
  tipMinor!: number;

  @StringColumn(3)
  currency!: string;

  /** The pieces that are given back; none when it is for an amount or for all. */
  @JsonColumn()
  lines!: readonly RefundedLine[];

  @Field(() => String, { description: 'Why, for people to read.' })
  @StringColumn(500)
  reason!: string;

  /** Who decided it; null when the order ended by itself. */
  @IdColumn({ name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Field(() => DateTime, { description: 'When it was decided.' })
  @InstantColumn({ name: 'requested_at' })
  requestedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the money was back in the customer's wallet; null while it is on its way.",
  })
  @InstantColumn({ name: 'arrived_at', nullable: true })
  arrivedAt!: Date | null;

  @Field(() => Money, { description: 'How much: goods, tax and tip.' })
  get amount(): Money {
    return new Money(this.amountMinor, this.currency);
  }

  @Field(() => Money, { description: 'What of it is for the goods.' })
  get subtotal(): Money {
    return new Money(this.subtotalMinor, this.currency);
  }

  @Field(() => Money, { description: "What of it is the goods' share of the tax." })
  get tax(): Money {
    return new Money(this.taxMinor, this.currency);
  }

  @Field(() => Money, { description: 'What of it is the tip.' })
  get tip(): Money {
    return new Money(this.tipMinor, this.currency);
  }
}
