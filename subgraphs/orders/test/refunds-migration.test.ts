import { createTable, type Database } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import type { QueryRunner } from 'typeorm';
import { Refunds1765000000000 } from '../src/migrations/refunds.ts';
import { latte } from './order-json.ts';
import { admin } from './people.ts';
import { createTestOrders } from './support.ts';

afterEach(closeTestSubgraphs);

const REFUNDS = `query ($id: ID!) { order(id: $id) { refunds { amount { amount } subtotal { amount }
  tax { amount } tip { amount } lines { line { id } quantity } reason actor { id } arrivedAt } } }`;

const id = { type: 'varchar', length: '64' };
const number = { type: 'bigint' };
const text = { type: 'text' };

/** The table of refunds as it was before they had pieces and parts. */
async function goBack(
  runner: QueryRunner,
  refunds: readonly (readonly [...string[], number])[],
): Promise<void> {
  await runner.dropTable('refunds');
  await createTable(runner, 'order_refunds', {
    columns: {
      id,
      order_id: id,
      amount_minor: number,
      line_ids: text,
      reason: text,
      actor_id: id,
      requested_at: number,
      arrived_at: { ...number, isNullable: true },
    },
    key: ['id'],
  });
  for (const [key, orderId, lineIds, amount] of refunds) {
    await runner.query(
      `INSERT INTO order_refunds (id, order_id, amount_minor, line_ids, reason, actor_id, requested_at)
       VALUES ('${key}', '${orderId}', ${amount}, '${lineIds}', 'It was cold.', 'manager', 1772463600000)`,
    );
  }
}

const within = (database: Database, work: (runner: QueryRunner) => Promise<void>): Promise<void> =>
  database.transaction(async (tx) => work((await tx.direct()).queryRunner!));

describe('refunds of before', () => {
  it('are told with their pieces and parts, and with the rest of what ended early', async () => {
    const shop = await createTestOrders();
    const database = shop.running.database!;
    const part = await shop.orderIn('COLLECTED', { lines: [latte(2)] });
    const ended = await shop.orderIn('CONFIRMED');
    const untouched = await shop.orderIn('COLLECTED');
    const lineId = part.lines[0]!.id;
    await shop.refund(part.id, { lineIds: [lineId] });
    await shop.refund(ended.id, { amount: { amount: '1.00', currencyCode: 'USD' } });
    await shop.act('rejectOrder', ended.id, admin, { reason: 'The machine broke.' });

    await within(database, (runner) =>
      goBack(runner, [
        ['r-1', part.id, `["${lineId}"]`, 817],
        ['r-2', ended.id, '[]', 100],
      ]),
    );
    await within(database, (runner) => new Refunds1765000000000().up(runner));

    const refundsOf = async (orderId: string) =>
      (await shop.data<{ order: { refunds: unknown[] } }>(admin, REFUNDS, { id: orderId })).order
        .refunds;
    expect(await refundsOf(part.id)).toEqual([
      {
        amount: { amount: '8.17' },
        subtotal: { amount: '7.50' },
        tax: { amount: '0.67' },
        tip: { amount: '0.00' },
        lines: [{ line: { id: lineId }, quantity: 2 }],
        reason: 'It was cold.',
        actor: { id: 'manager' },
        arrivedAt: null,
      },
    ]);
    expect(await refundsOf(ended.id)).toMatchObject([
      { amount: { amount: '1.00' }, subtotal: { amount: '0.92' }, tax: { amount: '0.08' } },
      {
        amount: { amount: '3.08' },
        reason: expect.stringContaining('The machine broke'),
        actor: { id: 'admin' },
        arrivedAt: null,
      },
    ]);
    expect(await refundsOf(untouched.id)).toEqual([]);
    expect((await shop.refund(part.id)).userErrors).toMatchObject([{ code: 'NOTHING_TO_REFUND' }]);
    await shop.refunded(ended.id, 308, null);
    expect(await refundsOf(ended.id)).toMatchObject([{}, { arrivedAt: expect.any(String) }]);
  });
});
