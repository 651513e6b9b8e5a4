import type { CallerClaims, LiveSubscription } from '@crema/kit';
import {
  createTestSubgraph,
  type TestSubgraph,
  type TestSubgraphOptions,
} from '@crema/kit/testing';
import {
  CafeChanged,
  CafeOfferChanged,
  PaymentCaptured,
  PaymentRefunded,
  PaymentRefused,
  ProductChanged,
  StockRefused,
  StockReserved,
} from '@crema/schema/events';
import { orders } from '../src/subgraph.ts';
import { cafeFact, croissantFact, latteFact, usd } from './menu.ts';
import {
  latte,
  minorOf,
  ORDER_FIELDS,
  type Json,
  type OrderJson,
  type PayloadJson,
  type UserErrorJson,
} from './order-json.ts';
import { admin, ann, ASTORIA, barista, HARLEM, manager } from './people.ts';

export interface TestOrders extends TestSubgraph {
  /** Answers with `data`; fails on any error. */
  data<Data>(caller: CallerClaims | null, query: string, variables?: Json): Promise<Data>;
  quote(order: Json, caller?: CallerClaims | null): Promise<Json & { userErrors: UserErrorJson[] }>;
  place(
    order?: Json,
    options?: { key?: string; by?: CallerClaims; expectedTotal?: Json },
  ): Promise<PayloadJson>;
  /** Places an order of one latte (or another) and lets it come as far as the status. */
  orderIn(status: string, order?: Json): Promise<OrderJson>;
  act(mutation: string, orderId: string, by?: CallerClaims, more?: Json): Promise<PayloadJson>;
  refund(orderId: string, more?: Json, by?: CallerClaims): Promise<PayloadJson>;
  see(orderId: string, by?: CallerClaims): Promise<OrderJson>;
  reserved(orderId: string, eventId?: string): Promise<unknown>;
  refusedStock(orderId: string, names?: string[], eventId?: string): Promise<unknown>;
  captured(orderId: string, minor: number, eventId?: string): Promise<unknown>;
  refusedPayment(orderId: string, eventId?: string): Promise<unknown>;
  refunded(
    orderId: string,
    minor: number,
    refundId?: string | null,
    eventId?: string,
  ): Promise<unknown>;
  /** Lets time pass and the jobs do what is due. */
  pass(ms: number): Promise<void>;
  offer(
    productId: string,
    offer: { price?: number | null; soldOut?: boolean; cafeId?: string },
  ): Promise<unknown>;
}

const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { order { ${ORDER_FIELDS} } userErrors { code message field } } }`;
const QUOTE = `query ($input: OrderInput!) { quoteOrder(input: $input) {
  lines { quantity unitPrice { amount } total { amount } product { id } }
  subtotal { amount currencyCode } tax { amount } tip { amount } total { amount }
  estimatedReadyAt userErrors { code message field } } }`;

/** Orders with one café (and one more elsewhere), a latte and a croissant; it is Monday, 10 in the morning. */
export async function createTestOrders(options: TestSubgraphOptions = {}): Promise<TestOrders> {
  const test = await createTestSubgraph(orders, options);
  await test.tell(CafeChanged, ASTORIA, cafeFact());
  await test.tell(
    CafeChanged,
    HARLEM,
    cafeFact({ slug: 'harlem', name: 'Crema Harlem', taxRate: '4' }),
  );
  await test.tell(ProductChanged, 'latte', latteFact());
  await test.tell(ProductChanged, 'croissant', croissantFact());
  let keys = 0;

  const data = async <Data>(caller: CallerClaims | null, query: string, variables: Json = {}) => {
    const answer = await test.ask(caller, query, variables);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data as Data;
  };
  const cafeIds = new Map<string, string>();
  const cafeOf = (orderId: string) => cafeIds.get(orderId) ?? ASTORIA;

  const shop: TestOrders = Object.assign(test, {
    data,
    async quote(order: Json, caller: CallerClaims | null = null) {
      const input = { cafeId: ASTORIA, ...order };
      return (
        await data<{ quoteOrder: Json & { userErrors: UserErrorJson[] } }>(caller, QUOTE, { input })
      ).quoteOrder;
    },
    async place(
      order: Json = {},
      {
        key = `key-${keys++}`,
        by = ann,
        expectedTotal,
      }: { key?: string; by?: CallerClaims; expectedTotal?: Json } = {},
    ) {
      const full = { cafeId: ASTORIA, lines: [latte()], ...order };
      const input = { idempotencyKey: key, order: full, expectedTotal };
      const { placeOrder } = await data<{ placeOrder: PayloadJson }>(by, PLACE, { input });
      if (placeOrder.order) cafeIds.set(placeOrder.order.id, full.cafeId);
      return placeOrder;
    },
    async orderIn(status: string, order: Json = {}) {
      const placed = await shop.place(order);
      if (!placed.order) throw new Error(JSON.stringify(placed.userErrors));
      const { id, total } = placed.order;
      const way: Record<string, () => Promise<unknown>> = {
        RESERVED: () => shop.reserved(id),
        CONFIRMED: () => shop.captured(id, minorOf(total.amount)),
        PREPARING: () => shop.act('startPreparing', id),
        READY: () => shop.act('markReady', id),
        COLLECTED: () => shop.act('markCollected', id),
      };
      if (status !== 'PLACED') {
        for (const [step, go] of Object.entries(way)) {
          await go();
          if (step === status) break;
        }
      }
      return shop.see(id);
    },
    async act(mutation: string, orderId: string, by: CallerClaims = barista, more: Json = {}) {
      const query = `mutation ($input: OrderActionInput!) {
        ${mutation}(input: $input) { order { ${ORDER_FIELDS} } userErrors { code message field } } }`;
      return (await data<Record<string, PayloadJson>>(by, query, { input: { orderId, ...more } }))[
        mutation
      ]!;
    },
    async refund(orderId: string, more: Json = {}, by: CallerClaims = manager) {
      const input = {
        idempotencyKey: `refund-${keys++}`,
        orderId,
        reason: 'It was cold.',
        ...more,
      };
      const query = `mutation ($input: RefundOrderInput!) {
        refundOrder(input: $input) { order { ${ORDER_FIELDS} } userErrors { code message field } } }`;
      return (await data<{ refundOrder: PayloadJson }>(by, query, { input })).refundOrder;
    },
    async see(orderId: string, by: CallerClaims = admin) {
      const query = `query ($id: ID!) { order(id: $id) { ${ORDER_FIELDS} } }`;
      return (await data<{ order: OrderJson }>(by, query, { id: orderId })).order;
    },
    reserved: (orderId: string, eventId?: string) =>
      test.tell(StockReserved, orderId, { cafeId: cafeOf(orderId) }, eventId),
    refusedStock: (orderId: string, names = ['oat milk'], eventId?: string) =>
      test.tell(
        StockRefused,
        orderId,
        { cafeId: cafeOf(orderId), missing: names.map((name) => ({ ingredientId: name, name })) },
        eventId,
      ),
    captured: (orderId: string, minor: number, eventId?: string) =>
      test.tell(
        PaymentCaptured,
        orderId,
        {
          customerId: 'ann',
          cafeId: cafeOf(orderId),
          amount: usd(minor),
          at: test.clock.now().toISOString(),
        },
        eventId,
      ),
    refusedPayment: (orderId: string, eventId?: string) =>
      test.tell(
        PaymentRefused,
        orderId,
        { customerId: 'ann', code: 'INSUFFICIENT_FUNDS', message: 'Your wallet holds 1.00 USD.' },
        eventId,
      ),
    refunded: (orderId: string, minor: number, refundId: string | null = null, eventId?: string) =>
      test.tell(
        PaymentRefunded,
        orderId,
        {
          customerId: 'ann',
          cafeId: cafeOf(orderId),
          refundId,
          amount: usd(minor),
          at: test.clock.now().toISOString(),
        },
        eventId,
      ),
    async pass(ms: number) {
      // The clock stands still while facts are carried.
      await test.settle();
      test.clock.advance(ms);
      for (const job of test.running.subgraph.jobs) await job.run();
      await test.settle();
    },
    offer: (
      productId: string,
      {
        price = null,
        soldOut = false,
        cafeId = ASTORIA,
      }: { price?: number | null; soldOut?: boolean; cafeId?: string },
    ) =>
      test.tell(CafeOfferChanged, productId, {
        cafeId,
        price: price === null ? null : usd(price),
        soldOut,
      }),
  });
  return shop;
}

/** Collects what a subscription says, so that a test can ask for the next. */
export const eventsOf = (answers: LiveSubscription<{ data?: unknown; errors?: unknown }>) => ({
  async next(): Promise<Json | null> {
    const { value, done } = await answers.next();
    if (done || !value) return null;
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return Object.values(value.data as Json)[0] as Json;
  },
  leave: () => answers.return(),
});
