import {
  OrderClosed,
  OrderCollected,
  OrderPreparing,
  OrderReady,
  OrderRecalled,
  PrivilegedWriteMade,
} from '@crema/schema/events';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { latte, type Json } from './order-json.ts';
import { admin, ann, ASTORIA, barista, baristaElsewhere, HARLEM } from './people.ts';
import { createTestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const CAFE =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cafe { id queue { number status } } } }';
const WAIT =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cafe { currentWaitMinutes } } }';
const cafes = (...ids: string[]) => ({ r: ids.map((id) => ({ __typename: 'Cafe', id })) });

describe('working the queue', () => {
  it('takes an order over the counter, step by step', async () => {
    const shop = await createTestOrders();
    const { id, version } = await shop.orderIn('CONFIRMED');
    const step = async (mutation: string, expectedVersion: number) => {
      const { order, userErrors } = await shop.act(mutation, id, barista, { expectedVersion });
      expect(userErrors).toEqual([]);
      return order!;
    };
    expect(await step('startPreparing', version)).toMatchObject({ status: 'PREPARING' });
    shop.clock.advance(60_000);
    expect(await step('markReady', version + 1)).toMatchObject({ status: 'READY' });
    expect(await step('recallOrder', version + 2)).toMatchObject({ status: 'PREPARING' });
    expect(await step('markReady', version + 3)).toMatchObject({ status: 'READY' });
    const done = await step('markCollected', version + 4);
    expect(done).toMatchObject({ status: 'COLLECTED', version: version + 5 });
    expect(done.timeline.map(({ status }) => status)).toEqual([
      'PLACED',
      'RESERVED',
      'CONFIRMED',
      'PREPARING',
      'READY',
      'PREPARING',
      'READY',
      'COLLECTED',
    ]);
    expect(done.timeline.at(-1)!.actor).toEqual({ id: 'barista' });
    // The customer sees the steps, not who made them.
    expect((await shop.see(id, ann)).timeline.map(({ actor }) => actor?.id ?? null)).toEqual([
      'ann',
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);

    expect(await shop.published(OrderPreparing)).toHaveLength(1);
    expect(await shop.published(OrderReady)).toHaveLength(2);
    expect(await shop.published(OrderRecalled)).toHaveLength(1);
    expect(await shop.published(OrderCollected)).toHaveLength(1);
    const audit = await shop.published(PrivilegedWriteMade);
    expect(audit.map(({ data }) => [data.actorId, data.action, data.target])).toEqual([
      ['barista', 'orders.startPreparing', `Order:${id}`],
      ['barista', 'orders.markReady', `Order:${id}`],
      ['barista', 'orders.recallOrder', `Order:${id}`],
      ['barista', 'orders.markReady', `Order:${id}`],
      ['barista', 'orders.markCollected', `Order:${id}`],
    ]);
  });

  it('refuses a stale tap', async () => {
    const shop = await createTestOrders();
    const { id, version } = await shop.orderIn('CONFIRMED');
    const taps = await Promise.all(
      Array.from({ length: 5 }, () =>
        shop.act('startPreparing', id, barista, { expectedVersion: version }),
      ),
    );
    expect(taps.filter(({ order }) => order !== null)).toHaveLength(1);
    expect(taps.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array.from({ length: 4 }, () => ({
        code: 'VERSION_CONFLICT',
        field: ['expectedVersion'],
        message: 'The order has changed meanwhile: it is PREPARING now.',
      })),
    );
  });

  it.each(['startPreparing', 'markReady', 'markCollected', 'recallOrder', 'rejectOrder'])(
    'refuses %s in the wrong state, naming the state, and by who does not work there',
    async (mutation) => {
      const shop = await createTestOrders();
      const { id } = await shop.orderIn('PLACED');
      expect(await shop.act(mutation, id)).toMatchObject({
        order: null,
        userErrors: [{ code: 'INVALID_STATE', message: expect.stringContaining('PLACED') }],
      });
      const query = `mutation ($i: OrderActionInput!) { ${mutation}(input: $i) { userErrors { code } } }`;
      for (const [caller, code] of [
        [null, 'UNAUTHENTICATED'],
        [ann, 'FORBIDDEN'],
        [baristaElsewhere, 'FORBIDDEN'],
        [{ ...barista, scope: 'orders:read' }, 'FORBIDDEN'],
      ] as const) {
        const answer = await shop.ask(caller, query, { i: { orderId: id } });
        expect(answer.errors?.[0]?.extensions).toMatchObject({ code });
      }
      expect(await shop.act(mutation, 'nope')).toMatchObject({
        userErrors: [{ code: 'NOT_FOUND' }],
      });
      expect(await shop.act(mutation, id, barista, { reason: 'x'.repeat(201) })).toMatchObject({
        userErrors: [{ code: 'INVALID_INPUT', field: ['reason'] }],
      });
    },
  );

  it.each(['CONFIRMED', 'PREPARING', 'READY'])(
    'may reject what is %s, and the money goes back',
    async (status) => {
      const shop = await createTestOrders();
      const { id } = await shop.orderIn(status);
      const { order } = await shop.act('rejectOrder', id, admin, { reason: 'The machine broke.' });
      expect(order).toMatchObject({ status: 'CANCELLED', closedReason: 'CANCELLED_BY_CAFE' });
      expect(await shop.published(OrderClosed)).toMatchObject([
        {
          data: {
            reason: 'CANCELLED_BY_CAFE',
            refundDue: true,
            wasConfirmed: true,
            message:
              'Sorry, the café had to cancel your order: The machine broke. Your money is on its way back to your wallet.',
          },
        },
      ]);
    },
  );

  it('shows what is to be done, first come first served, to the staff of the café alone', async () => {
    const shop = await createTestOrders();
    await shop.orderIn('PLACED');
    const second = await shop.orderIn('CONFIRMED');
    shop.clock.advance(1_000);
    await shop.orderIn('CONFIRMED');
    await shop.orderIn('COLLECTED');
    await shop.act('startPreparing', second.id);
    expect(await shop.data(barista, CAFE, cafes(ASTORIA))).toEqual({
      _entities: [
        {
          id: ASTORIA,
          queue: [
            { number: 'A-002', status: 'PREPARING' },
            { number: 'A-003', status: 'CONFIRMED' },
          ],
        },
      ],
    });
    for (const caller of [ann, baristaElsewhere, { ...barista, scope: 'orders:read' }]) {
      const answer = await shop.ask(caller, CAFE, cafes(ASTORIA));
      expect(answer.data).toEqual({ _entities: [{ id: ASTORIA, queue: null }] });
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('the wait', () => {
  const waitOf = async (shop: Awaited<ReturnType<typeof createTestOrders>>) =>
    (await shop.data<{ _entities: { currentWaitMinutes: number }[] }>(null, WAIT, cafes(ASTORIA)))
      ._entities[0]!.currentWaitMinutes;

  it('grows with the queue and shrinks with time and work', async () => {
    const shop = await createTestOrders({ env: { PREPARATION_SECONDS_PER_ITEM: '60' } });
    expect(await waitOf(shop)).toBe(1);
    const first = await shop.orderIn('CONFIRMED', { lines: [latte(3)] });
    const second = await shop.orderIn('CONFIRMED', { lines: [latte(2)] });
    expect(await waitOf(shop)).toBe(6);
    expect((await shop.see(first.id)).estimatedReadyAt).toBe('2026-03-02T15:03:00.000Z');
    expect((await shop.see(second.id)).estimatedReadyAt).toBe('2026-03-02T15:05:00.000Z');

    await shop.act('startPreparing', first.id);
    shop.clock.advance(120_000);
    expect(await waitOf(shop)).toBe(4);
    expect((await shop.see(second.id)).estimatedReadyAt).toBe('2026-03-02T15:05:00.000Z');
    // Two pairs of hands from here on.
    await shop.act('startPreparing', second.id);
    expect(await waitOf(shop)).toBe(2);
    await shop.act('cancelOrder', first.id, ann);
    await shop.act('rejectOrder', first.id);
    await shop.act('rejectOrder', second.id);
    expect(await waitOf(shop)).toBe(1);
    expect((await shop.see(first.id)).estimatedReadyAt).toBeNull();
  });

  it('learns how long the café takes', async () => {
    const shop = await createTestOrders({ env: { PREPARATION_SECONDS_PER_ITEM: '60' } });
    for (let order = 0; order < 15; order++) {
      const { id } = await shop.orderIn('PREPARING', { lines: [latte(2)] });
      shop.clock.advance(2 * 300_000);
      const ready = await shop.act('markReady', id);
      expect(ready.order!.estimatedReadyAt).toBe(shop.clock.now().toISOString());
    }
    expect(await waitOf(shop)).toBe(5);
  }, 120_000);

  it('is told with the quote', async () => {
    const shop = await createTestOrders({ env: { PREPARATION_SECONDS_PER_ITEM: '60' } });
    await shop.orderIn('CONFIRMED', { lines: [latte(3)] });
    expect(await shop.quote({ lines: [latte(2)] })).toMatchObject({
      estimatedReadyAt: '2026-03-02T15:05:00.000Z',
    });
  });

  it('is null for a café that nobody knows', async () => {
    const shop = await createTestOrders();
    const answer = await shop.data<{ _entities: Json[] }>(null, WAIT, cafes('nowhere', HARLEM));
    expect(answer._entities).toEqual([{ currentWaitMinutes: null }, { currentWaitMinutes: 2 }]);
  });
});
