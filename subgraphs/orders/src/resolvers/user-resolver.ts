import type { Context } from '@crema/kit';
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { OrderStatus } from '../entities/order-status.ts';
import type { FindOrders } from '../services/find-orders.ts';
import { OrderConnection } from '../types/order-connection.ts';
import { User } from '../types/references.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly finding: FindOrders) {}

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Directive('@authenticated')
  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description: 'Their orders, newest first: all for themselves, for staff those at its cafés.',
  })
  orders(
    @Root() { id }: User,
    @Ctx() { caller }: Context,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 20,
      description: 'How many, from 1 to 100.',
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the last one already seen.',
    })
    after: string | null,
    @Arg('status', () => [OrderStatus], {
      nullable: true,
      description: 'Only orders that are one of these now.',
    })
    status: OrderStatus[] | null,
  ) {
    return this.finding.ofCustomer(caller, id, { first, after, status });
  }
}
