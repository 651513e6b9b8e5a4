import {
  BigIntColumn,
  DateTime,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  Money,
  StringColumn,
} from '@crema/kit';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { stepOf } from '../services/order-life.ts';
import { OrderClosedReason, OrderStatus } from './order-status.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'What a customer ordered at a café, from the tap to the counter.' })
@Entity('orders')
export class Order {
  @Field(() => ID, { description: 'Its identifier.' })
  @KeyColumn()
  id!: string;

  @Field(() => String, { description: 'Short, spoken at the counter; unique per café and day.' })
  @StringColumn(20)
  number!: string;

  @IdColumn({ name: 'cafe_id' })
  cafeId!: string;

  @IdColumn({ name: 'customer_id' })
  customerId!: string;

  /** The café's local day that the number belongs to. */
  @StringColumn(10, { name: 'business_day' })
  businessDay!: string;

  @Field(() => Int, {
    description: 'Grows with every change; pass it back as expectedVersion.',
  })
  @IntColumn()
  version!: number;

  @Field(() => OrderStatus, { description: 'How far it is.' })
  @StringColumn(20)
  status!: OrderStatus;

  @StringColumn(3)
  currency!: string;

  @BigIntColumn({ name: 'subtotal_minor' })
  subtotalMinor!: number;

  @BigIntColumn({ name: 'tax_minor' })
  taxMinor!: number;

  @BigIntColumn({ name: 'tip_minor' })
  tipMinor!: number;

  @BigIntColumn({ name: 'total_minor' })
  totalMinor!: number;

  /** What the wallet took. */
  @BigIntColumn({ name: 'paid_minor' })
  paidMinor!: number;

  /** What of it was promised back, whether it has arrived or not. */
  @BigIntColumn({ name: 'refund_due_minor' })
  refundDueMinor!: number;

  /** What of it is back in the wallet. */
  @BigIntColumn({ name: 'refunded_minor' })
  refundedMinor!: number;

  /** How many pieces the café has to make. */
  @IntColumn()
  items!: number;

  @Field(() => String, { nullable: true, description: "The customer's wish for the whole order." })
  @StringColumn(200, { nullable: true })
  note!: string | null;

  @Field(() => DateTime, { description: 'When the customer placed it.' })
  @InstantColumn({ name: 'placed_at' })
  placedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the customer asked to collect; null for as soon as possible.',
  })
  @InstantColumn({ name: 'pickup_at', nullable: true })
  pickupAt!: Date | null;

  @StringColumn(100, { name: 'slot_id', nullable: true })
  slotId!: string | null;

  @InstantColumn({ name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;

  @InstantColumn({ name: 'started_at', nullable: true })
  startedAt!: Date | null;

  /** When it was READY for the first time. */
  @InstantColumn({ name: 'ready_at', nullable: true })
  readyAt!: Date | null;

  /** Its place on the café's queue: when to begin with it. Null while it is not the café's work. */
  @InstantColumn({ name: 'queue_at', nullable: true })
  queueAt!: Date | null;

  /** When the clock decides next: the deadline, its time on the queue, or that nobody came. */
  @InstantColumn({ name: 'due_at', nullable: true })
  dueAt!: Date | null;

  @Field(() => OrderClosedReason, { nullable: true, description: 'Why it ended early, if it did.' })
  @StringColumn(30, { name: 'closed_reason', nullable: true })
  closedReason!: OrderClosedReason | null;

  @Field(() => Money, { description: 'The sum of the lines.' })
  get subtotal(): Money {
    return new Money(this.subtotalMinor, this.currency);
  }

  @Field(() => Money, { description: "The café's tax on the subtotal." })
  get tax(): Money {
    return new Money(this.taxMinor, this.currency);
  }

  @Field(() => Money, { description: 'For the people behind the counter; untaxed.' })
  get tip(): Money {
    return new Money(this.tipMinor, this.currency);
  }

  @Field(() => Money, { description: 'Subtotal, tax and tip.' })
  get total(): Money {
    return new Money(this.totalMinor, this.currency);
  }

  @Field(() => Money, { description: "What is back in the customer's wallet." })
  get refunded(): Money {
    return new Money(this.refundedMinor, this.currency);
  }

  @Field(() => Boolean, { description: 'Whether the customer can still cancel it.' })
  get canBeCancelled(): boolean {
    return stepOf(this.status, 'CANCELLED_BY_CUSTOMER') !== null;
  }
}
