import { CalendarDate, type Clock, type Context } from '@crema/kit';
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Order } from '../entities/order.ts';
import type { CafeQueue } from '../services/cafe-queue.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { PickupSlots } from '../services/pickup-slots.ts';
import { PickupSlot } from '../types/pickup-slot.ts';
import { Cafe } from '../types/references.ts';

@Resolver(() => Cafe)
export class CafeResolver {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly cafeQueue: CafeQueue,
    private readonly slots: PickupSlots,
    private readonly clock: Clock,
  ) {}

  @Directive('@requiresScopes(scopes: [["queue:work"]])')
  @FieldResolver(() => [Order], {
    nullable: true,
    description: 'Confirmed and not yet collected, in the order to work on them.',
  })
  queue(@Root() { id }: Cafe, @Ctx() { caller, loaders }: Context): Promise<Order[]> {
    caller.requireAt('queue:work', id);
    return loaders.load(this.cafeQueue.work, id);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Minutes from now until an order placed now would be ready.',
  })
  async currentWaitMinutes(
    @Root() { id }: Cafe,
    @Ctx() { loaders }: Context,
  ): Promise<number | null> {
    if (!(await this.catalogue.current()).cafe(id)) return null;
    const schedule = await loaders.load(this.cafeQueue.schedules, id);
    const waitMs = schedule.readyFor(1).getTime() - this.clock.now().getTime();
    return Math.ceil(waitMs / 60_000);
  }

  @FieldResolver(() => [PickupSlot], {
    nullable: true,
    description:
      "The times of a day in the café's time zone at which orders can still be collected.",
  })
  async pickupSlots(
    @Root() { id }: Cafe,
    @Arg('date', () => CalendarDate, { description: "A day in the café's time zone." })
    date: string,
  ): Promise<PickupSlot[] | null> {
    const cafe = (await this.catalogue.current()).cafe(id);
    return cafe && this.slots.on(cafe, date);
  }
}
