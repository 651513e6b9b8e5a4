import {
  hearing,
  type Clock,
  type EventLog,
  type LiveFeed,
  type LiveSubscription,
  type LiveUpdates,
} from '@crema/kit';
import { SaleBooked } from '@crema/schema/events';
import { saleBooked } from '../events/sale-booked.ts';
import { momentOf, startOfSlot } from './calendar.ts';
import type { BookedSale } from './sales-book.ts';
import type { CafeScope } from './sales-scope.ts';

/** The figures of an hour have just changed: something was sold, or a sale of it was cancelled. */
export interface Tick {
  readonly cafeId: string;
  /** The hour of the sale. */
  readonly startsAt: Date;
}

/** What is older is history, told by an import or a rebuild. */
const LIVE_MS = 3_600_000;

/** The one topic of all cafés: who listens to several is told of each. */
const SALES = 'sales';

/** Tells of sales as they are booked, to those who listen at this process and at the others. */
export class SalesTicker {
  private readonly ticks: LiveFeed<Tick>;
  private readonly isShared: boolean;

  constructor(
    live: LiveUpdates,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {
    this.isShared = live.isShared;
    this.ticks = live.feed([
      hearing(
        SaleBooked,
        () => SALES,
        async ({ data }) => ({ cafeId: data.cafeId, startsAt: new Date(data.startsAt) }),
      ),
    ]);
  }

  async tell({ orderId, cafeId, soldAt, zone, isCancelled, isNew }: BookedSale): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - soldAt.getTime() > LIVE_MS) return;
    const { day, slot } = momentOf(zone, soldAt);
    const tick = { cafeId, startsAt: startOfSlot(day, slot) };
    // Who booked it first may have ended before it told the others, and this be the repetition.
    if (this.isShared) await this.events.append([saleBooked(orderId, tick, isCancelled, now)]);
    else if (isNew) this.ticks.publish(SALES, tick);
  }

  /** Sales of the cafés of a scope, as they are made. */
  follow({ cafes }: CafeScope): LiveSubscription<Tick> {
    const wanted = new Set(cafes.map(({ cafeId }) => cafeId));
    const all = this.ticks.subscribe(SALES);
    return {
      async next() {
        for (;;) {
          const result = await all.next();
          if (result.done || wanted.has(result.value.cafeId)) return result;
        }
      },
      return: () => all.return(),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  close(): void {
    this.ticks.close();
  }
}
