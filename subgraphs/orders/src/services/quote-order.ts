import { problem, type Clock, type Transaction } from '@crema/kit';
import type { OrdersConfig } from '../config.ts';
import type { OrderInput } from '../inputs/order-input.ts';
import type { Catalogue, Shelf } from './catalogue.ts';
import type { PickupSlots, Slot } from './pickup-slots.ts';
import { priceOrder, type PricedOrder } from './price-order.ts';

export interface Quote extends PricedOrder {
  readonly slot: Slot | null;
}

const slotFull = problem(
  'SLOT_FULL',
  'All orders for that time are taken. Please choose another.',
  ['pickupAt'],
);

/** Prices an order by the menu and the café of this moment, with every problem at once. */
export class QuoteOrder {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly slots: PickupSlots,
    private readonly config: OrdersConfig,
    private readonly clock: Clock,
  ) {}

  /** To look at: nothing is taken. */
  async run(input: OrderInput): Promise<Quote> {
    const quote = this.price(input, await this.catalogue.current());
    if (!quote.slot || (await this.slots.hasRoom(quote.slot))) return quote;
    return { ...quote, problems: [...quote.problems, slotFull] };
  }

  /** To place: the pickup slot is taken with the transaction. The shelf is read before it. */
  async take(tx: Transaction, input: OrderInput, shelf: Shelf): Promise<Quote> {
    const quote = this.price(input, shelf);
    const items = quote.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    if (!quote.slot || (await this.slots.take(tx, input.cafeId, quote.slot, items))) return quote;
    return { ...quote, problems: [...quote.problems, slotFull] };
  }

  shelf(): Promise<Shelf> {
    return this.catalogue.current();
  }

  private price(input: OrderInput, shelf: Shelf): Quote {
    const priced = priceOrder(input, shelf, this.clock.now(), this.config.pickupAheadMs);
    const { cafe, pickupAt, problems } = priced;
    const isTimeWrong = problems.some(({ field }) => field?.[0] === 'pickupAt');
    const slot = cafe && pickupAt && !isTimeWrong ? this.slots.at(cafe, pickupAt) : null;
    return { ...priced, slot };
  }
}
