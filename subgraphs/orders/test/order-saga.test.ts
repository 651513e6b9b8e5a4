import {
  OrderClosed,
  OrderConfirmed,
  OrderPaymentDue,
  OrderPlaced,
  StockReserved,
} from '@crema/schema/events';
import { closeTestSubgraphs } from '@crema/kit/testing';
import type { Logger } from '@crema/kit';
import { usd } from './menu.ts';
import { ann, ASTORIA } from './people.ts';
import { createTestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

describe('the saga of an order', () => {
  it('is confirmed when stock and payment are in', async () => {
    const shop = await createTestOrders();
    const { order } = await shop.place();
    await shop.reserved(order!.id);
    expect(
      (await shop.published(OrderPaymentDue)).map(({ key, data }) => [key, data.total]),
    ).toEqual([[order!.id, usd(408)]]);
    expect(await shop.see(order!.id)).toMatchObject({ status: 'RESERVED', version: 2 });

    await shop.captured(order!.id, 408);
    expect(await shop.see(order!.id)).toMatchObject({ status: 'CONFIRMED', version: 3 });
    expect(await shop.published(OrderConfirmed)).toMatchObject([
      {
        key: order!.id,
        data: {
          cafeId: ASTORIA,
          customerId: 'ann',
          lines: [{ productId: 'latte', optionIds: ['regular', 'whole'] }],
          amounts: { total: usd(408) },
          placedAt: '2026-03-02T15:00:00.000Z',
        },
      },
    ]);
  });

  it('is rejected when something has run out, with words that a customer can read', async () => {
    const shop = await createTestOrders();
    const { order } = await shop.place();
    await shop.refusedStock(order!.id, ['oat milk', 'espresso beans']);

    const seen = await shop.see(order!.id, ann);
    expect(seen).toMatchObject({
      status: 'REJECTED',
      closedReason: 'OUT_OF_STOCK',
      canBeCancelled: false,
    });
    expect(seen.timeline.at(-1)).toMatchObject({
      status: 'REJECTED',
      actor: null,
      reason:
        'Sorry, we have just run out of oat milk and espresso beans. You have not been charged.',
    });
    expect(await shop.published(OrderClosed)).toMatchObject([
      {
        data: {
          status: 'REJECTED',
          reason: 'OUT_OF_STOCK',
          wasConfirmed: false,
          refundDue: true,
          total: usd(408),
        },
      },
    ]);
  });

  it('is rejected when the wallet holds too little', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('RESERVED');
    await shop.refusedPayment(id);

    expect(await shop.see(id)).toMatchObject({
      status: 'REJECTED',
      closedReason: 'INSUFFICIENT_FUNDS',
      timeline: [{}, {}, { reason: 'Your wallet holds 1.00 USD.' }],
    });
    expect(await shop.published(OrderClosed)).toMatchObject([
      { data: { reason: 'INSUFFICIENT_FUNDS' } },
    ]);
  });

  it.each(['PLACED', 'RESERVED'])(
    'is rejected when it is still %s at the deadline',
    async (status) => {
      const shop = await createTestOrders({ env: { ORDER_DEADLINE_SECONDS: '20' } });
      const { id } = await shop.orderIn(status);
      await shop.pass(19_000);
      expect(await shop.see(id)).toMatchObject({ status });
      await shop.pass(1_000);
      expect(await shop.see(id)).toMatchObject({ status: 'REJECTED', closedReason: 'TIMED_OUT' });
      await shop.pass(60_000);
      expect(await shop.published(OrderClosed)).toMatchObject([
        { key: id, data: { reason: 'TIMED_OUT', refundDue: true, wasConfirmed: false } },
      ]);
    },
  );

  it('has its time anew once the event log is back', async () => {
    let isAway = false;
    const shop = await createTestOrders({
      env: { ORDER_DEADLINE_SECONDS: '20' },
      through: (events) =>
        Object.assign(Object.create(events) as typeof events, {
          append: (facts: Parameters<typeof events.append>[0]) =>
            isAway ? Promise.reject(new Error('away')) : events.append(facts),
        }),
    });
    isAway = true;
    const { id } = await shop.orderIn('PLACED');
    for (let second = 0; second < 55; second++) await shop.pass(1_000);
    expect(await shop.see(id)).toMatchObject({ status: 'PLACED' });

    isAway = false;
    for (let second = 0; second < 19; second++) await shop.pass(1_000);
    expect(await shop.see(id)).toMatchObject({ status: 'PLACED' });
    expect(await shop.published(OrderPlaced)).toMatchObject([{ key: id }]);
    for (let second = 0; second < 3; second++) await shop.pass(1_000);
    expect(await shop.see(id)).toMatchObject({ status: 'REJECTED', closedReason: 'TIMED_OUT' });
  });

  it('has no deadline once it is confirmed', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('CONFIRMED');
    await shop.pass(120_000);
    expect(await shop.see(id)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('stays rejected when the payment comes after the deadline, and keeps that it came back', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('RESERVED');
    await shop.pass(31_000);
    await shop.captured(id, 408);
    expect(await shop.see(id)).toMatchObject({ status: 'REJECTED', refunded: { amount: '0.00' } });
    await shop.refunded(id, 408);

    expect(await shop.see(id)).toMatchObject({ status: 'REJECTED', refunded: { amount: '4.08' } });
    expect(await shop.published(OrderConfirmed)).toEqual([]);
    expect(await shop.published(OrderClosed)).toHaveLength(1);
  });

  it('keeps the refund of an order that was cancelled before its payment was told', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('RESERVED');
    await shop.act('cancelOrder', id, ann);
    await shop.refunded(id, 408);
    await shop.captured(id, 408);
    expect(await shop.see(id)).toMatchObject({ status: 'CANCELLED', refunded: { amount: '4.08' } });
    // Whatever is told once too often, nobody gets more than was paid.
    await shop.refunded(id, 408);
    expect(await shop.see(id)).toMatchObject({ refunded: { amount: '4.08' } });
  });

  it('ignores stock that is reserved too late, and the same fact told twice; both are logged and counted', async () => {
    const lines: object[] = [];
    const log: Logger = {
      debug: () => undefined,
      info: (fields) => lines.push(fields),
      warn: () => undefined,
      error: () => undefined,
      child: () => log,
    };
    const shop = await createTestOrders({ log });
    const { id } = await shop.orderIn('PLACED');
    await shop.act('cancelOrder', id, ann);
    const version = (await shop.see(id)).version;
    await shop.reserved(id, 'fact-1');
    await shop.reserved(id, 'fact-1');
    await shop.reserved(id, 'fact-2');
    await shop.tell(StockReserved, 'no-such-order', { cafeId: ASTORIA });

    expect(await shop.see(id)).toMatchObject({ status: 'CANCELLED', version });
    expect(await shop.published(OrderPaymentDue)).toEqual([]);
    expect(lines.filter((line) => 'fact' in line)).toEqual([
      { orderId: id, status: 'CANCELLED', fact: 'STOCK_RESERVED', times: 1 },
      { orderId: id, status: 'CANCELLED', fact: 'STOCK_RESERVED', times: 2 },
    ]);
  });
});

describe('cancelling an order', () => {
  it.each(['PLACED', 'RESERVED', 'CONFIRMED'])(
    "is the customer's right while it is %s",
    async (status) => {
      const shop = await createTestOrders();
      const { id } = await shop.orderIn(status);
      const { order, userErrors } = await shop.act('cancelOrder', id, ann, {
        reason: 'Changed my mind.',
      });
      expect(userErrors).toEqual([]);
      expect(order).toMatchObject({
        status: 'CANCELLED',
        closedReason: 'CANCELLED_BY_CUSTOMER',
        canBeCancelled: false,
      });
      expect(order!.timeline.at(-1)).toMatchObject({ actor: { id: 'ann' } });
      expect(await shop.published(OrderClosed)).toMatchObject([
        {
          data: {
            status: 'CANCELLED',
            reason: 'CANCELLED_BY_CUSTOMER',
            refundDue: true,
            wasConfirmed: status === 'CONFIRMED',
            message:
              status === 'CONFIRMED'
                ? 'You cancelled this order (Changed my mind). Your money is on its way back to your wallet.'
                : 'You cancelled this order (Changed my mind). You have not been charged.',
          },
        },
      ]);
    },
  );

  it.each(['PREPARING', 'READY', 'COLLECTED'])('comes too late when it is %s', async (status) => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn(status);
    expect(await shop.act('cancelOrder', id, ann)).toMatchObject({
      order: null,
      userErrors: [
        { code: 'INVALID_STATE', message: expect.stringContaining(status), field: ['orderId'] },
      ],
    });
  });

  it("is nobody else's right, and needs an order that exists and has the expected version", async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('PLACED');
    const cancel = (orderId: string, caller: object | null, expectedVersion?: number) =>
      shop.ask(
        caller as never,
        'mutation ($i: OrderActionInput!) { cancelOrder(input: $i) { userErrors { code field } } }',
        {
          i: { orderId, expectedVersion },
        },
      );
    expect((await cancel(id, { sub: 'bob' })).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await cancel(id, null)).errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect((await cancel('nope', ann)).data).toEqual({
      cancelOrder: { userErrors: [{ code: 'NOT_FOUND', field: ['orderId'] }] },
    });
    expect((await cancel(id, ann, 7)).data).toEqual({
      cancelOrder: { userErrors: [{ code: 'VERSION_CONFLICT', field: ['expectedVersion'] }] },
    });
    expect(await shop.see(id)).toMatchObject({ status: 'PLACED' });
  });
});
