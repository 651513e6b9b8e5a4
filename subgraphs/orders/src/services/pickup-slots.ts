import { inOrder, type Clock, type Database, type Transaction } from '@crema/kit';
import type { OrdersConfig } from '../config.ts';
import { SlotBooking } from '../entities/slot-booking.ts';
import type { KnownCafe } from './known-cafe.ts';

export interface Slot {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The times at which orders can be collected, and how many each still takes. */
export class PickupSlots {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: OrdersConfig,
  ) {}

  /** The slots of a café's day that can still be chosen. */
  async on(cafe: KnownCafe, date: string): Promise<(Slot & { remaining: number })[]> {
    const now = this.clock.now().getTime();
    const until = now + this.config.pickupAheadMs;
    const slots = cafe
      .openingsOn(date)
      .flatMap(({ from, to }) => {
        const count = Math.ceil((to.getTime() - from.getTime()) / this.config.slotMs);
        return Array.from({ length: count }, (_, index) =>
          this.slot(cafe.id, from.getTime() + index * this.config.slotMs, to.getTime()),
        );
      })
      .filter(({ startsAt }) => startsAt.getTime() > now && startsAt.getTime() <= until);
    const ids = slots.map(({ id }) => id);
    const bookings = inOrder(ids, await this.database.findMany(SlotBooking, ids), ({ id }) => id);
    return slots.map((slot, index) => ({
      ...slot,
      remaining: Math.max(this.config.slotCapacity - (bookings[index]?.taken ?? 0), 0),
    }));
  }

  /** The slot that an instant lies in, or null outside opening hours. */
  at(cafe: KnownCafe, instant: Date): Slot | null {
    const opening = cafe.openingAround(instant);
    if (!opening) return null;
    const from = opening.from.getTime();
    const index = Math.floor((instant.getTime() - from) / this.config.slotMs);
    return this.slot(cafe.id, from + index * this.config.slotMs, opening.to.getTime());
  }

  /** Whether a slot takes one more, as far as is known now. */
  async hasRoom({ id }: Slot): Promise<boolean> {
    const [booking] = await this.database.findMany(SlotBooking, [id]);
    return (booking?.taken ?? 0) < this.config.slotCapacity;
  }

  /** Takes a place in the slot for an order of so many pieces; false when there is none. */
  async take(
    tx: Transaction,
    cafeId: string,
    { id, startsAt }: Slot,
    items: number,
  ): Promise<boolean> {
    let booking = await tx.lock(SlotBooking, id);
    if (!booking) {
      // Whoever else makes the row at this moment is waited for, and the row is then there.
      await (
        await tx.direct()
      )
        .createQueryBuilder()
        .insert()
        .into(SlotBooking)
        .values({ id, cafeId, startsAt, taken: 0, items: 0 })
        .orIgnore()
        .execute();
      booking = (await tx.lock(SlotBooking, id))!;
    }
    if (booking.taken >= this.config.slotCapacity) return false;
    tx.update(SlotBooking, id, { taken: booking.taken + 1, items: booking.items + items });
    return true;
  }

  async giveBack(tx: Transaction, slotId: string, items: number): Promise<void> {
    const booking = await tx.lock(SlotBooking, slotId);
    if (booking && booking.taken > 0) {
      const left = { taken: booking.taken - 1, items: Math.max(booking.items - items, 0) };
      tx.update(SlotBooking, slotId, left);
    }
  }

  /** How many pieces there are to make for a slot. */
  async itemsIn(tx: Transaction, slotId: string): Promise<number> {
    return (await tx.find(SlotBooking, slotId))?.items ?? 0;
  }

  private slot(cafeId: string, start: number, closing: number): Slot {
    return {
      id: `${cafeId}:${start / 1_000}`,
      startsAt: new Date(start),
      endsAt: new Date(Math.min(start + this.config.slotMs, closing)),
    };
  }
}
