import { OrderClosed, OrderRefundDue, PrivilegedWriteMade } from '@crema/schema/events';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { usd } from './menu.ts';
import { latte } from './order-json.ts';
import { admin, ann, barista, manager } from './people.ts';
import { createTestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const croissant = (quantity = 1) => ({ productId: 'croissant', quantity });

describe('refunding an order', () => {
  it('gives back all that was paid, tip included, once', async () => {
    const shop = await createTestOrders();
    const { id, version } = await shop.orderIn('COLLECTED', {
      tip: { amount: '1.00', currencyCode: 'USD' },
    });
    const { order, userErrors } = await shop.refund(id);
    expect(userErrors).toEqual([]);
    expect(order).toMatchObject({
      status: 'COLLECTED',
      version: version + 1,
      refunded: { amount: '0.00' },
    });
    const [due] = await shop.published(OrderRefundDue);
    expect(due).toMatchObject({
      key: id,
      data: { amount: usd(508), reason: 'It was cold.', lineIds: [] },
    });
    expect(await shop.published(PrivilegedWriteMade)).toContainEqual(
      expect.objectContaining({
        data: expect.objectContaining({
          actorId: 'manager',
          action: 'orders.refundOrder',
          details: '5.08 USD: It was cold.',
        }),
      }),
    );
    expect((await shop.refund(id)).userErrors).toMatchObject([{ code: 'NOTHING_TO_REFUND' }]);

    await shop.refunded(id, 508, due!.data.refundId);
    expect(await shop.see(id)).toMatchObject({ refunded: { amount: '5.08' } });
    await shop.refunded(id, 508, due!.data.refundId);
    expect(await shop.see(id)).toMatchObject({ refunded: { amount: '5.08' } });
  });

  it('gives back lines with their tax, each once', async () => {
    const shop = await createTestOrders();
    const { id, lines } = await shop.orderIn('COLLECTED', { lines: [latte(2), croissant()] });
    await shop.refund(id, { lineIds: [lines[0]!.id] });
    await shop.refund(id, { lineIds: [lines[1]!.id] });
    expect(
      (await shop.published(OrderRefundDue)).map(({ data }) => [data.amount.minor, data.lineIds]),
    ).toEqual([
      [817, [lines[0]!.id]],
      [381, [lines[1]!.id]],
    ]);
    const other = await shop.orderIn('COLLECTED', { lines: [latte(2), croissant()] });
    await shop.refund(other.id, { lineIds: [other.lines[0]!.id] });
    expect(
      (await shop.refund(other.id, { lineIds: [other.lines[0]!.id] })).userErrors,
    ).toMatchObject([{ code: 'ALREADY_REFUNDED', field: ['lineIds', '0'] }]);
    expect((await shop.refund(other.id, { lineIds: [lines[0]!.id] })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['lineIds', '0'] },
    ]);
    expect((await shop.refund(other.id, { lineIds: [] })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
  });

  it('gives back an amount, never more than is left', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('READY');
    const amount = (value: string, currencyCode = 'USD') => ({
      amount: { amount: value, currencyCode },
    });
    expect((await shop.refund(id, amount('4.09'))).userErrors).toMatchObject([
      {
        code: 'REFUND_EXCEEDS_PAID',
        field: ['amount'],
        message: 'Only 4.08 USD of what was paid is left.',
      },
    ]);
    expect((await shop.refund(id, amount('0'))).userErrors).toMatchObject([
      { code: 'INVALID_AMOUNT' },
    ]);
    expect((await shop.refund(id, amount('1', 'EUR'))).userErrors).toMatchObject([
      { code: 'CURRENCY_MISMATCH' },
    ]);
    expect((await shop.refund(id, { ...amount('1'), lineIds: ['x'] })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
    expect((await shop.refund(id, { reason: '' })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['reason'] },
    ]);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shop.refund(id, amount('1.00'))),
    );
    expect(answers.filter(({ order }) => order)).toHaveLength(4);
    expect((await shop.refund(id)).userErrors).toEqual([]);
    const total = (await shop.published(OrderRefundDue)).reduce(
      (sum, { data }) => sum + data.amount.minor,
      0,
    );
    expect(total).toBe(408);
    // Closing it afterwards tells the wallet to give back what is left; orders expects no more than was paid.
    await shop.act('rejectOrder', id);
    expect(await shop.published(OrderClosed)).toMatchObject([
      { data: { refundDue: true, total: usd(408) } },
    ]);
    expect((await shop.refund(id)).userErrors).toMatchObject([{ code: 'NOTHING_TO_REFUND' }]);
  });

  it('happens once per key', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('COLLECTED');
    const one = { idempotencyKey: 'r-1', amount: { amount: '1.00', currencyCode: 'USD' } };
    const answers = await Promise.all(Array.from({ length: 5 }, () => shop.refund(id, one)));
    expect(answers.every(({ order }) => order?.id === id)).toBe(true);
    expect(await shop.published(OrderRefundDue)).toHaveLength(1);
    expect((await shop.refund(id, { idempotencyKey: 'r-1' })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
    ]);
  });

  it('needs the right to do so, at that café, and something that was paid', async () => {
    const shop = await createTestOrders();
    const { id } = await shop.orderIn('COLLECTED');
    const unpaid = await shop.orderIn('PLACED');
    const query =
      'mutation ($i: RefundOrderInput!) { refundOrder(input: $i) { userErrors { code } } }';
    const managerElsewhere = { ...manager, workplaces: ['elsewhere'] };
    for (const [by, code] of [
      [null, 'UNAUTHENTICATED'],
      [ann, 'FORBIDDEN'],
      [barista, 'FORBIDDEN'],
      [managerElsewhere, 'FORBIDDEN'],
    ] as const) {
      const answer = await shop.ask(by, query, {
        i: { idempotencyKey: 'k', orderId: id, reason: 'r' },
      });
      expect(answer.errors![0]!.extensions).toMatchObject({ code });
    }
    expect((await shop.refund(unpaid.id)).userErrors).toMatchObject([
      { code: 'NOTHING_TO_REFUND' },
    ]);
    expect((await shop.refund('nope')).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['orderId'] },
    ]);
    expect((await shop.refund(id, {}, admin)).userErrors).toEqual([]);
  });
});
