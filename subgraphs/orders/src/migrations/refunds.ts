import {
  bigIntType,
  createTable,
  idType,
  instantType,
  jsonType,
  nullable,
  stringType,
} from '@crema/kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { partsOf } from '../services/refund-parts.ts';

const AT_ONCE = 200;

type Raw = Record<string, string | number | null>;

interface Payback {
  readonly id: string;
  readonly amount: number;
  readonly lines: readonly { lineId: string; quantity: number }[];
  readonly reason: string;
  readonly actorId: string | null;
  readonly requestedAt: number;
  readonly arrivedAt: number | null;
}

/**
 * Gives each refund its pieces of lines and its parts of goods, tax and tip, and writes down what was given
 * back of orders that ended early. Cut off on MySQL, it begins anew: the old table is dropped at its end.
 */
export class Refunds1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'refunds', {
      columns: {
        id: idType(),
        order_id: idType(),
        before_minor: bigIntType(),
        amount_minor: bigIntType(),
        subtotal_minor: bigIntType(),
        tax_minor: bigIntType(),
        tip_minor: bigIntType(),
        currency: stringType(3),
        lines: jsonType(),
        reason: stringType(500),
        actor_id: nullable(idType()),
        requested_at: instantType(),
        arrived_at: nullable(instantType()),
      },
      key: ['id'],
      indexes: [['order_id']],
    });
    if (!(await runner.hasTable('order_refunds'))) return;
    await runner.query('DELETE FROM refunds');
    for (let after = ''; ;) {
      const orders: Raw[] = await ask(
        runner,
        `SELECT * FROM orders WHERE refund_due_minor > 0 AND id > ? ORDER BY id LIMIT ${AT_ONCE}`,
        [after],
      );
      for (const order of orders) await carryOver(runner, order);
      if (orders.length < AT_ONCE) break;
      after = String(orders.at(-1)!['id']);
    }
    await runner.dropTable('order_refunds');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what is known of refunds is not forgotten'));
  }
}

async function carryOver(runner: QueryRunner, order: Raw): Promise<void> {
  const of = {
    subtotalMinor: Number(order['subtotal_minor']),
    taxMinor: Number(order['tax_minor']),
  };
  // A word of MySQL's own.
  const linesName = runner.connection.driver.escape('lines');
  let before = 0;
  for (const { amount, lines, ...refund } of await paybacksOf(runner, order)) {
    const { subtotalMinor, taxMinor, tipMinor } = partsOf(of, before, amount);
    const { id, reason, actorId, requestedAt, arrivedAt } = refund;
    await ask(
      runner,
      `INSERT INTO refunds (id, order_id, before_minor, amount_minor, subtotal_minor, tax_minor, tip_minor,
         currency, ${linesName}, reason, actor_id, requested_at, arrived_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[id, order['id']!, before, amount, subtotalMinor, taxMinor, tipMinor],
        ...[order['currency']!, JSON.stringify(lines), reason, actorId, requestedAt, arrivedAt],
      ],
    );
    before += amount;
  }
}

/** The refunds of an order, oldest first, and the rest that was given back when it ended early. */
async function paybacksOf(runner: QueryRunner, order: Raw): Promise<Payback[]> {
  const id = String(order['id']);
  const lines = await ask(runner, 'SELECT id, quantity FROM order_lines WHERE order_id = ?', [id]);
  const quantities = new Map(lines.map((line) => [String(line['id']), Number(line['quantity'])]));
  const rows = await ask(
    runner,
    'SELECT * FROM order_refunds WHERE order_id = ? ORDER BY requested_at, id',
    [id],
  );
  const paybacks = rows.map((row) => ({
    id: String(row['id']),
    amount: Number(row['amount_minor']),
    lines: (JSON.parse(String(row['line_ids'])) as string[]).map((lineId) => ({
      lineId,
      quantity: quantities.get(lineId) ?? 1,
    })),
    reason: String(row['reason']),
    actorId: String(row['actor_id']),
    requestedAt: Number(row['requested_at']),
    arrivedAt: row['arrived_at'] === null ? null : Number(row['arrived_at']),
  }));
  const rest =
    Number(order['refund_due_minor']) - paybacks.reduce((sum, { amount }) => sum + amount, 0);
  return rest > 0 ? [...paybacks, await endingOf(runner, order, rest)] : paybacks;
}

async function endingOf(runner: QueryRunner, order: Raw, amount: number): Promise<Payback> {
  const id = String(order['id']);
  const [last] = await ask(
    runner,
    'SELECT * FROM order_changes WHERE order_id = ? ORDER BY position DESC LIMIT 1',
    [id],
  );
  const at = Number(last!['changed_at']);
  const hasArrived = Number(order['refunded_minor']) >= Number(order['refund_due_minor']);
  return {
    id,
    amount,
    lines: [],
    reason: String(last!['reason'] ?? order['closed_reason']).slice(0, 500),
    actorId: last!['actor_id'] === null ? null : String(last!['actor_id']),
    requestedAt: at,
    arrivedAt: hasArrived ? at : null,
  };
}

/** A statement with `?` for its parameters, on every engine. */
function ask(runner: QueryRunner, sql: string, parameters: readonly unknown[]): Promise<Raw[]> {
  const { driver } = runner.connection;
  let index = 0;
  const text = sql.replace(/\?/g, () => driver.createParameter(`p${index}`, index++));
  return runner.query(text, [...parameters]);
}
