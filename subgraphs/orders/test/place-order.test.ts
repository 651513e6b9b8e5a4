import { OrderPlaced } from '@crema/schema/events';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { latte } from './order-json.ts';
import { ann, ASTORIA, bob, HARLEM } from './people.ts';
import { createTestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

describe('placing an order', () => {
  it('keeps what was asked for and what it costs, and tells the others', async () => {
    const shop = await createTestOrders();
    const { order, userErrors } = await shop.place({
      lines: [
        { ...latte(2, ['large', 'oat']), note: ' extra hot ' },
        { productId: 'croissant', quantity: 1 },
      ],
      tip: { amount: '1.00', currencyCode: 'USD' },
      note: 'by the window',
    });

    expect(userErrors).toEqual([]);
    expect(order).toMatchObject({
      number: 'A-001',
      version: 1,
      status: 'PLACED',
      note: 'by the window',
      subtotal: { amount: '13.70' },
      tax: { amount: '1.22' },
      tip: { amount: '1.00' },
      total: { amount: '15.92', currencyCode: 'USD' },
      refunded: { amount: '0.00' },
      canBeCancelled: true,
      customer: { id: 'ann' },
      cafe: { id: ASTORIA },
      placedAt: '2026-03-02T15:00:00.000Z',
      lines: [
        {
          productName: 'Latte',
          quantity: 2,
          note: 'extra hot',
          unitPrice: { amount: '5.10' },
          total: { amount: '10.20' },
          product: { id: 'latte' },
          options: [
            { optionId: 'large', name: 'large', priceDelta: { amount: '0.75' } },
            { optionId: 'oat', name: 'oat', priceDelta: { amount: '0.60' } },
          ],
        },
        { productName: 'Butter croissant', quantity: 1, total: { amount: '3.50' }, options: [] },
      ],
      timeline: [{ status: 'PLACED', actor: { id: 'ann' } }],
    });
    const [placed, ...more] = await shop.published(OrderPlaced);
    expect(more).toEqual([]);
    expect(placed).toMatchObject({
      key: order!.id,
      data: {
        cafeId: ASTORIA,
        customerId: 'ann',
        number: 'A-001',
        pickupAt: null,
        lines: [
          { productId: 'latte', optionIds: ['large', 'oat'], quantity: 2, total: { minor: 1020 } },
          { productId: 'croissant', optionIds: [], quantity: 1 },
        ],
        amounts: {
          subtotal: { minor: 1370 },
          tax: { minor: 122 },
          tip: { minor: 100 },
          total: { minor: 1592 },
        },
      },
    });
  });

  it('places one order for one key, however often it is asked', async () => {
    const shop = await createTestOrders();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shop.place({}, { key: 'k-1' })),
    );

    expect(new Set(answers.map(({ order }) => order!.id)).size).toBe(1);
    expect(answers.every(({ userErrors }) => userErrors.length === 0)).toBe(true);
    expect(await shop.published(OrderPlaced)).toHaveLength(1);
  });

  it('answers a repetition with its order even after the café has closed', async () => {
    const shop = await createTestOrders();
    const first = await shop.place({}, { key: 'k-1' });
    shop.clock.advance(12 * 3_600_000);
    expect((await shop.place({}, { key: 'k-1' })).order?.id).toBe(first.order!.id);
    expect((await shop.place({}, { key: 'k-2' })).userErrors).toMatchObject([
      { code: 'CAFE_CLOSED' },
    ]);
  });

  it("refuses a key that was used for something else; keys are each person's own", async () => {
    const shop = await createTestOrders();
    const first = await shop.place({}, { key: 'k-1' });

    const other = await shop.place({ lines: [latte(2)] }, { key: 'k-1' });
    expect(other).toMatchObject({
      order: null,
      userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }],
    });
    const bobs = await shop.place({}, { key: 'k-1', by: bob });
    expect(bobs.order!.id).not.toBe(first.order!.id);
  });

  it('leaves a refused key free', async () => {
    const shop = await createTestOrders();
    expect((await shop.place({ lines: [latte(0)] }, { key: 'k-1' })).order).toBeNull();
    expect((await shop.place({ lines: [latte(1)] }, { key: 'k-1' })).order).not.toBeNull();
  });

  it('refuses when the total is not what the customer saw', async () => {
    const shop = await createTestOrders();
    const seen = { amount: '4.08', currencyCode: 'USD' };
    expect((await shop.place({}, { expectedTotal: seen })).order).not.toBeNull();
    await shop.offer('latte', { price: 400 });
    expect(await shop.place({}, { expectedTotal: seen })).toMatchObject({
      order: null,
      userErrors: [
        { code: 'TOTAL_CHANGED', field: ['expectedTotal'], message: 'The total is now 4.36 USD.' },
      ],
    });
    const euros = { amount: '4.36', currencyCode: 'EUR' };
    expect((await shop.place({}, { expectedTotal: euros })).userErrors).toMatchObject([
      { code: 'CURRENCY_MISMATCH', field: ['expectedTotal', 'currencyCode'] },
    ]);
  });

  it('names every problem at once, each by its path', async () => {
    const shop = await createTestOrders();
    const { order, userErrors } = await shop.place({
      lines: [latte(0, ['soy']), { productId: 'nope', quantity: 1 }],
      tip: { amount: '900', currencyCode: 'USD' },
    });
    expect(order).toBeNull();
    expect(userErrors.map(({ code, field }) => [code, field?.join('.')])).toEqual([
      ['INVALID_AMOUNT', 'order.tip.amount'],
      ['INVALID_INPUT', 'order.lines.0.quantity'],
      ['INVALID_OPTIONS', 'order.lines.0.optionIds'],
      ['NOT_FOUND', 'order.lines.1.productId'],
    ]);
    expect(await shop.published(OrderPlaced)).toEqual([]);
  });

  it('needs somebody who is signed in', async () => {
    const shop = await createTestOrders();
    const answer = await shop.ask(
      null,
      'mutation ($i: PlaceOrderInput!) { placeOrder(input: $i) { order { id } } }',
      {
        i: { idempotencyKey: 'k', order: { cafeId: ASTORIA, lines: [latte()] } },
      },
    );
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('counts numbers per café and per its local day', async () => {
    const shop = await createTestOrders();
    const numberAt = async (cafeId: string) => (await shop.place({ cafeId })).order!.number;
    expect(await numberAt(ASTORIA)).toBe('A-001');
    expect(await numberAt(ASTORIA)).toBe('A-002');
    expect(await numberAt(HARLEM)).toBe('A-001');
    const together = await Promise.all(Array.from({ length: 20 }, () => numberAt(ASTORIA)));
    expect(new Set(together).size).toBe(20);
    shop.clock.advance(24 * 3_600_000);
    expect(await numberAt(ASTORIA)).toBe('A-001');
  });

  it('takes few statements, in whatever number of lines', async () => {
    const shop = await createTestOrders();
    await shop.place();
    shop.statements.length = 0;
    const query =
      'mutation ($i: PlaceOrderInput!) { placeOrder(input: $i) { order { id status total { amount } } } }';
    const lines = Array.from({ length: 40 }, () => latte(2, ['oat']));
    await shop.data(ann, query, {
      i: { idempotencyKey: 'few', order: { cafeId: ASTORIA, lines } },
    });
    const own = shop.statements.slice(
      0,
      shop.statements.findIndex((sql) => sql.startsWith('COMMIT')),
    );
    const begins = /^(BEGIN|START TRANSACTION)/;
    expect(own.filter((sql) => !begins.test(sql)).length).toBeLessThanOrEqual(8);
  });
});
