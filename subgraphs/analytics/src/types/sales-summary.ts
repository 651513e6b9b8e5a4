import { Money } from '@crema/kit';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'The totals of a range. An order counts as a sale when it is confirmed, on that day, and no longer once it is cancelled.',
})
export class SalesSummary {
  @Field(() => Money, {
    description:
      "Net sales: the orders' subtotals, without tax and tip, before refunds. The same everywhere in analytics.",
  })
  revenue!: Money;

  @Field(() => Int, { description: 'How many sales.' })
  orders!: number;

  @Field(() => Int, { description: 'How many pieces were sold.' })
  items!: number;

  @Field(() => Money, {
    description: 'Revenue by sales, rounded half to even; zero without sales.',
  })
  averageOrder!: Money;

  @Field(() => Money, {
    description:
      'What refunds gave back on these days, tax included. What a cancelled order gives back is no refund: its sale does not count.',
  })
  refunds!: Money;

  @Field(() => Int, { description: 'How many different customers bought something.' })
  customers!: () => Promise<number>;

  @Field(() => Int, {
    nullable: true,
    description:
      'Half of the orders were ready within so many seconds from CONFIRMED, give or take one percent. Null while no order of the range was ready.',
  })
  medianPreparationSeconds!: () => Promise<number | null>;

  @Field(() => Int, {
    nullable: true,
    description: 'Nine orders of ten were ready within so many seconds, give or take one percent.',
  })
  p90PreparationSeconds!: () => Promise<number | null>;
}
