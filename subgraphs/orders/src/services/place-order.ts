import {
  once,
  problem,
  readMoney,
  refused,
  Refusal,
  type Caller,
  type Clock,
  type Database,
  type Ids,
  type Money,
  type MoneyInput,
  type Transaction,
} from '@crema/kit';
import type { OrdersConfig } from '../config.ts';
import type { CafeDesk } from '../entities/cafe-desk.ts';
import { OrderLine } from '../entities/order-line.ts';
import { Order } from '../entities/order.ts';
import { OrderStatus } from '../entities/order-status.ts';
import { announcePlaced } from '../events/order-facts.ts';
import type { PlaceOrderInput } from '../inputs/order-input.ts';
import type { CafeDesks } from './cafe-desks.ts';
import type { KnownCafe } from './known-cafe.ts';
import type { OrderHistory } from './order-history.ts';
import type { Quote, QuoteOrder } from './quote-order.ts';

/** Places an order once per idempotency key. The same key and input answer with the order already placed. */
export class PlaceOrder {
  constructor(
    private readonly parts: { quotes: QuoteOrder; desks: CafeDesks; history: OrderHistory },
    private readonly database: Database,
    private readonly makers: { clock: Clock; ids: Ids },
    private readonly config: OrdersConfig,
  ) {}

  async run(caller: Caller, input: PlaceOrderInput): Promise<Order> {
    const customerId = caller.requireId();
    const shelf = await this.parts.quotes.shelf();
    return this.database.transaction(async (tx) => {
      const now = this.makers.clock.now();
      const { idempotencyKey: key, ...asked } = input;
      const request = { owner: customerId, operation: 'placeOrder', key, input: asked, now };
      let placed: Order | null = null;
      const id = await once(tx, request, async () => {
        const quote = await this.parts.quotes.take(tx, input.order, shelf);
        if (quote.problems.length > 0 || !quote.cafe) throw withinOrder(quote);
        checkTotal(quote.total, input.expectedTotal ?? null);
        placed = await this.place(tx, customerId, quote.cafe, quote, now);
        return placed.id;
      });
      return placed ?? (await tx.find(Order, id))!;
    });
  }

  private async place(
    tx: Transaction,
    customerId: string,
    cafe: KnownCafe,
    quote: Quote,
    now: Date,
  ): Promise<Order> {
    const desk = await this.parts.desks.lock(tx, cafe.id);
    const order = this.orderOf(customerId, cafe, desk, quote, now);
    const lines = this.linesOf(order, quote);
    tx.insert(Order, order);
    tx.insert(OrderLine, ...lines);
    this.parts.history.record(tx, {
      cafeId: cafe.id,
      position: desk.nextPosition(),
      orderId: order.id,
      version: order.version,
      status: order.status,
      previousStatus: null,
      at: now,
      actorId: customerId,
      reason: null,
    });
    this.parts.desks.keep(tx, desk);
    announcePlaced(tx, order, lines);
    return order;
  }

  private orderOf(
    customerId: string,
    cafe: KnownCafe,
    desk: CafeDesk,
    { lines, subtotal, tax, tip, total, note, pickupAt, slot }: Quote,
    now: Date,
  ): Order {
    // The desk's day never goes back, so neither does the number's.
    const number = desk.nextNumber(cafe.localDay(now));
    return Object.assign(new Order(), {
      id: this.makers.ids.next(),
      number,
      cafeId: cafe.id,
      customerId,
      businessDay: desk.businessDay,
      version: 1,
      status: OrderStatus.PLACED,
      currency: cafe.currency,
      subtotalMinor: subtotal.minor,
      taxMinor: tax.minor,
      tipMinor: tip.minor,
      totalMinor: total.minor,
      paidMinor: 0,
      refundDueMinor: 0,
      refundedMinor: 0,
      items: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      note,
      placedAt: now,
      pickupAt,
      slotId: slot?.id ?? null,
      confirmedAt: null,
      startedAt: null,
      readyAt: null,
      queueAt: null,
      dueAt: new Date(now.getTime() + this.config.deadlineMs),
      closedReason: null,
    });
  }

  private linesOf(order: Order, { lines }: Quote): OrderLine[] {
    return lines.map((line, position) =>
      Object.assign(new OrderLine(), {
        id: this.makers.ids.next(),
        orderId: order.id,
        position,
        productId: line.productId,
        productName: line.productName,
        chosen: line.chosen,
        quantity: line.quantity,
        currency: order.currency,
        unitMinor: line.unitPrice.minor,
        totalMinor: line.total.minor,
        note: line.note,
      }),
    );
  }
}

/** The quote's paths are within the order; the mutation's input has it under `order`. */
const withinOrder = ({ problems }: Quote): Refusal =>
  new Refusal(
    problems.map(({ code, message, field }) => problem(code, message, ['order', ...(field ?? [])])),
  );

function checkTotal(total: Money, expected: MoneyInput | null): void {
  if (!expected) return;
  const field = ['expectedTotal'];
  if (!readMoney(expected, { field, currency: total.currency }).equals(total)) {
    throw refused('TOTAL_CHANGED', `The total is now ${total}.`, field);
  }
}
