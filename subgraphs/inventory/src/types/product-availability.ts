import { Field, Int, ObjectType } from 'type-graphql';

/** GraphQL's Int ends here. */
const MOST_PORTIONS = 2 ** 31 - 1;

@ObjectType({ description: 'Whether a café can make a product now.' })
export class ProductAvailability {
  @Field(() => Boolean, {
    description: 'Whether at least one portion could be made, as it comes by default.',
  })
  available!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'How many more could be made now from what is on hand and not reserved.',
  })
  portionsLeft!: number | null;

  /** Null portions: it takes nothing, so there is no end of it. */
  static of(portions: number | null): ProductAvailability {
    return Object.assign(new ProductAvailability(), {
      available: portions === null || portions > 0,
      portionsLeft: portions === null ? null : Math.min(portions, MOST_PORTIONS),
    });
  }
}
