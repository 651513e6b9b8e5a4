import { DateTime, type Context } from '@crema/kit';
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { OrderLine } from '../entities/order-line.ts';
import { OrderRefund } from '../entities/order-refund.ts';
import { Order } from '../entities/order.ts';
import { OrderStatus } from '../entities/order-status.ts';
import type { CafeQueue } from '../services/cafe-queue.ts';
import { readyAtOf } from '../services/estimate-ready.ts';
import type { FindOrders } from '../services/find-orders.ts';
import { requireSight, seesActor } from '../services/order-access.ts';
import { isFinal } from '../services/order-life.ts';
import type { OrderReader } from '../services/order-reader.ts';
import { OrderConnection } from '../types/order-connection.ts';
import { OrderTimelineEntry } from '../types/order-timeline-entry.ts';
import { Cafe, User } from '../types/references.ts';

const NO_SCHEDULE = { readyAt: new Map<string, Date>(), readyFor: () => new Date(0) };

@Resolver(() => Order)
export class OrderResolver {
  constructor(
    private readonly reader: OrderReader,
    private readonly finding: FindOrders,
    private readonly queue: CafeQueue,
  ) {}

  @Directive('@authenticated')
  @Query(() => Order, { nullable: true, description: "An order of one's own or of one's café." })
  async order(
    @Arg('id', () => ID, { description: 'Its identifier.' }) id: string,
    @Ctx() { caller, loaders }: Context,
  ): Promise<Order | null> {
    caller.requireId();
    const order = await loaders.load(this.reader.orders, id);
    if (order) requireSight(caller, order);
    return order;
  }

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Directive('@requiresScopes(scopes: [["orders:read"]])')
  @Query(() => OrderConnection, {
    description: 'The orders of a café, newest first. Who works everywhere may leave the café out.',
  })
  orders(
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
    @Arg('cafeId', () => ID, { nullable: true, description: 'Which café.' }) cafeId: string | null,
    @Arg('status', () => [OrderStatus], {
      nullable: true,
      description: 'Only orders that are one of these now.',
    })
    status: OrderStatus[] | null,
    @Arg('placedFrom', () => DateTime, {
      nullable: true,
      description: 'Placed at this instant or later.',
    })
    placedFrom: Date | null,
    @Arg('placedTo', () => DateTime, { nullable: true, description: 'Placed before this instant.' })
    placedTo: Date | null,
  ) {
    return this.finding.ofCafes(caller, { first, after, cafeId, status, placedFrom, placedTo });
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who placed it.' })
  customer(@Root() { customerId }: Order): User {
    return { id: customerId };
  }

  @FieldResolver(() => Cafe, { nullable: true, description: 'Where it is made.' })
  cafe(@Root() { cafeId }: Order): Cafe {
    return { id: cafeId };
  }

  @FieldResolver(() => [OrderLine], { description: 'What was ordered.' })
  lines(@Root() { id }: Order, @Ctx() { loaders }: Context): Promise<OrderLine[]> {
    return loaders.load(this.reader.lines, id);
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: "From the café's live queue; moves as the queue moves.",
  })
  async estimatedReadyAt(@Root() order: Order, @Ctx() { loaders }: Context): Promise<Date | null> {
    const isDecided = isFinal(order.status) || order.status === OrderStatus.READY;
    const schedule = isDecided
      ? NO_SCHEDULE
      : await loaders.load(this.queue.schedules, order.cafeId);
    return readyAtOf(order, schedule);
  }

  @FieldResolver(() => [OrderTimelineEntry], { description: 'Every step so far, oldest first.' })
  async timeline(
    @Root() order: Order,
    @Ctx() { caller, loaders }: Context,
  ): Promise<OrderTimelineEntry[]> {
    const steps = await loaders.load(this.reader.steps, order.id);
    return steps.map(({ status, at, actorId, reason }) => ({
      status,
      at,
      actor: seesActor(caller, order, actorId) ? { id: actorId } : null,
      reason,
    }));
  }

  @FieldResolver(() => [OrderRefund], {
    description:
      'Money that was promised back, oldest first; `refunded` is what of it has arrived.',
  })
  refunds(@Root() { id }: Order, @Ctx() { loaders }: Context): Promise<OrderRefund[]> {
    return loaders.load(this.reader.refunds, id);
  }
}
