import { OrderRefundDue } from '@crema/schema/events';
import { closeTestSubgraphs, runs } from '@crema/kit/testing';
import fc from 'fast-check';
import { usd } from './menu.ts';
import { latte, minorOf, type Json, type OrderJson } from './order-json.ts';
import { admin, ann, manager } from './people.ts';
import { createTestOrders, type TestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const croissant = (quantity = 1) => ({ productId: 'croissant', quantity });
const tip = { amount: '1.00', currencyCode: 'USD' };
const amount = (value: string) => ({ amount: { amount: value, currencyCode: 'USD' } });

interface RefundJson {
  id: string;
  amount: { amount: string };
  subtotal: { amount: string };
  tax: { amount: string };
  tip: { amount: string };
  lines: { line: { productName: string }; quantity: number }[];
  reason: string;
  actor: { id: string } | null;
  requestedAt: string;
  arrivedAt: string | null;
}

const REFUNDS = `query ($id: ID!) { order(id: $id) { refunds { id amount { amount } subtotal { amount }
  tax { amount } tip { amount } lines { line { productName } quantity } reason actor { id }
  requestedAt arrivedAt } } }`;

const refundsOf = async (shop: TestOrders, id: string, by = admin): Promise<RefundJson[]> =>
  (await shop.data<{ order: { refunds: RefundJson[] } }>(by, REFUNDS, { id })).order.refunds;

const partsOf = ({ subtotal, tax, tip: ofTip }: RefundJson) =>
  [subtotal, tax, ofTip].map((part) => part.amount);

describe('refunding a part of an order', () => {
  it('gives back some pieces of a line with their tax, never more than were ordered', async () => {
    const shop = await createTestOrders();
    const { id, lines } = await shop.orderIn('COLLECTED', { lines: [latte(3), croissant()] });
    const lineId = lines[0]!.id;
    const pieces = (quantity: number) => ({ lines: [{ lineId, quantity }] });
    await shop.refund(id, pieces(2));
    expect(await shop.published(OrderRefundDue)).toMatchObject([
      {
        data: {
          amount: usd(817),
          amounts: { subtotal: usd(750), tax: usd(67), tip: usd(0), total: usd(817) },
          lineIds: [lineId],
          lines: [{ lineId, productId: 'latte', quantity: 2, total: usd(750) }],
          actorId: 'manager',
        },
      },
    ]);
    expect((await shop.refund(id, pieces(2))).userErrors).toEqual([
      {
        code: 'REFUND_EXCEEDS_ORDERED',
        message: 'Only 1 of Latte can still be refunded.',
        field: ['lines', '0', 'quantity'],
      },
    ]);
    expect((await shop.refund(id, pieces(0))).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['lines', '0', 'quantity'] },
    ]);
    const both = { lines: [...pieces(1).lines, ...pieces(1).lines] };
    expect((await shop.refund(id, both)).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['lines'] },
    ]);
    const unknown = { lines: [{ lineId: 'nope', quantity: 1 }] };
    expect((await shop.refund(id, unknown)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['lines', '0', 'lineId'] },
    ]);
    // The whole line by name is what is left of it.
    await shop.refund(id, { lineIds: [lineId] });
    expect((await shop.refund(id, pieces(1))).userErrors).toMatchObject([
      { code: 'ALREADY_REFUNDED', field: ['lines', '0', 'lineId'] },
    ]);
    await shop.refund(id);
    expect((await refundsOf(shop, id)).map(partsOf)).toEqual([
      ['7.50', '0.67', '0.00'],
      ['3.75', '0.33', '0.00'],
      ['3.50', '0.31', '0.00'],
    ]);
  });

  it('shows each refund: how much, why, who to the staff alone, and when it arrived', async () => {
    const shop = await createTestOrders();
    const { id, lines } = await shop.orderIn('COLLECTED', { lines: [latte(2)], tip });
    const requestedAt = shop.clock.now().toISOString();
    await shop.refund(id, { lines: [{ lineId: lines[0]!.id, quantity: 1 }] });
    await shop.refund(id, { ...amount('4.50'), reason: 'It came late.' });
    const [first, second] = await refundsOf(shop, id);
    expect(first).toEqual({
      id: expect.any(String),
      amount: { amount: '4.09' },
      subtotal: { amount: '3.75' },
      tax: { amount: '0.34' },
      tip: { amount: '0.00' },
      lines: [{ line: { productName: 'Latte' }, quantity: 1 }],
      reason: 'It was cold.',
      actor: { id: 'manager' },
      requestedAt,
      arrivedAt: null,
    });
    expect(second).toMatchObject({ reason: 'It came late.', lines: [] });
    expect(partsOf(second!)).toEqual(['3.75', '0.33', '0.42']);

    shop.clock.advance(1_000);
    await shop.refunded(id, 409, first!.id);
    const [seen] = await refundsOf(shop, id, ann);
    expect(seen).toMatchObject({ actor: null, arrivedAt: shop.clock.now().toISOString() });
    expect((await refundsOf(shop, id, manager))[1]).toMatchObject({
      actor: { id: 'manager' },
      arrivedAt: null,
    });
  });

  it('shows what was given back of an order that ended early, and by whom', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('CONFIRMED');
    await shop.refund(id, amount('1.00'));
    await shop.act('cancelOrder', id, ann, { reason: 'No time.' });
    const [, rest] = await refundsOf(shop, id, ann);
    expect(rest).toMatchObject({
      amount: { amount: '3.08' },
      actor: { id: 'ann' },
      reason: expect.stringContaining('You cancelled this order (No time).'),
      arrivedAt: null,
    });
    await shop.refunded(id, 308, null);
    expect((await refundsOf(shop, id))[1]!.arrivedAt).not.toBeNull();
    expect(await shop.see(id)).toMatchObject({ refunded: { amount: '3.08' } });

    const late = await shop.orderIn('RESERVED');
    await shop.pass(31_000);
    expect(await refundsOf(shop, late.id)).toEqual([]);
    await shop.captured(late.id, 408);
    expect(await refundsOf(shop, late.id)).toMatchObject([
      { amount: { amount: '4.08' }, actor: null, reason: expect.stringContaining('in time') },
    ]);
  });

  it('keeps the money of what nobody came for, until the café decides otherwise', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('READY');
    await shop.pass(3_600_000);
    expect(await shop.see(id)).toMatchObject({ closedReason: 'NOT_COLLECTED' });
    expect(await refundsOf(shop, id)).toEqual([]);
    expect((await shop.refund(id)).userErrors).toEqual([]);
    expect(await refundsOf(shop, id)).toMatchObject([{ amount: { amount: '4.08' } }]);
  });

  it('gives back no more than was paid, however many ask at once and again', async () => {
    const shop = await createTestOrders();
    const order = await shop.orderIn('COLLECTED', { lines: [latte(10), croissant(5)], tip });
    const [lattes, croissants] = order.lines.map(({ id }) => id);
    const kinds: Json[] = [
      amount('3.33'),
      { lines: [{ lineId: lattes, quantity: 2 }] },
      { lines: [{ lineId: croissants, quantity: 1 }] },
      { lineIds: [croissants] },
      amount('0.01'),
    ];
    // Twenty-five keys, each used twice.
    const asked = Array.from({ length: 50 }, (_, index) => ({
      idempotencyKey: `at-once-${index % 25}`,
      ...kinds[index % kinds.length],
    }));
    const answers = await Promise.all(asked.map((more) => shop.refund(order.id, more)));
    for (const { userErrors } of answers) {
      expect(['REFUND_EXCEEDS_PAID', 'REFUND_EXCEEDS_ORDERED', 'ALREADY_REFUNDED']).toEqual(
        expect.arrayContaining(userErrors.map(({ code }) => code)),
      );
    }
    const done = asked
      .filter((_, index) => answers[index]!.order)
      .map((more) => more.idempotencyKey);
    expect((await refundsOf(shop, order.id)).length).toBe(new Set(done).size);
    await shop.refund(order.id);
    await expectAllGivenBack(shop, order);
  });

  it('adds up to exactly what was paid, whatever is given back in whatever order', async () => {
    const shop = await createTestOrders();
    const refund = fc.record({
      kind: fc.constantFrom('amount', 'lines', 'lineIds'),
      line: fc.nat(3),
      quantity: fc.integer({ min: 1, max: 4 }),
      minor: fc.integer({ min: 1, max: 900 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 999 }),
        fc.array(refund, { maxLength: 8 }),
        async (quantities, price, refunds) => {
          await shop.offer('croissant', { price });
          const order = await shop.orderIn('CONFIRMED', { lines: quantities.map(croissant), tip });
          for (const { kind, line, quantity, minor } of refunds) {
            const lineId = order.lines[line % order.lines.length]!.id;
            const more = {
              amount: amount((minor / 100).toFixed(2)),
              lines: { lines: [{ lineId, quantity }] },
              lineIds: { lineIds: [lineId] },
            }[kind]!;
            await shop.refund(order.id, more);
          }
          await shop.refund(order.id);
          await expectAllGivenBack(shop, order);
        },
      ),
      { numRuns: runs(20) },
    );
  }, 120_000);
});

/** Nothing is left, and the refunds' parts sum to the order's. */
async function expectAllGivenBack(shop: TestOrders, { id }: OrderJson): Promise<void> {
  expect((await shop.refund(id)).userErrors).toMatchObject([{ code: 'NOTHING_TO_REFUND' }]);
  const refunds = await refundsOf(shop, id);
  const order = (await shop.see(id)) as unknown as Record<string, { amount: string }>;
  const sumOf = (part: 'amount' | 'subtotal' | 'tax' | 'tip') =>
    refunds.reduce((sum, refund) => sum + minorOf(refund[part].amount), 0);
  for (const part of ['subtotal', 'tax', 'tip'] as const) {
    expect([part, sumOf(part)]).toEqual([part, minorOf(order[part]!.amount)]);
  }
  expect(sumOf('amount')).toBe(minorOf(order['total']!.amount));
}
