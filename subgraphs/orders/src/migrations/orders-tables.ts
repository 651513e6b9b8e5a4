import {
  bigIntType,
  createTable,
  idType,
  instantType,
  intType,
  jsonType,
  nullable,
  stringType,
  textType,
} from '@crema/kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const readModels = ['menu_prices', 'menu_offers', 'cafe_hours'];

export class OrdersTables1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'orders', {
      columns: {
        id: idType(),
        number: stringType(20),
        cafe_id: idType(),
        customer_id: idType(),
        business_day: stringType(10),
        version: intType(),
        status: stringType(20),
        currency: stringType(3),
        subtotal_minor: bigIntType(),
        tax_minor: bigIntType(),
        tip_minor: bigIntType(),
        total_minor: bigIntType(),
        paid_minor: bigIntType(),
        refund_due_minor: bigIntType(),
        refunded_minor: bigIntType(),
        items: intType(),
        note: nullable(stringType(200)),
        placed_at: instantType(),
        pickup_at: nullable(instantType()),
        slot_id: nullable(stringType(100)),
        confirmed_at: nullable(instantType()),
        started_at: nullable(instantType()),
        ready_at: nullable(instantType()),
        queue_at: nullable(instantType()),
        due_at: nullable(instantType()),
        closed_reason: nullable(stringType(30)),
      },
      key: ['id'],
      indexes: [
        ['customer_id', 'placed_at', 'id'],
        ['cafe_id', 'placed_at', 'id'],
        ['placed_at', 'id'],
        ['cafe_id', 'queue_at'],
        ['due_at'],
      ],
      uniques: [['cafe_id', 'business_day', 'number']],
    });
    await createTable(runner, 'order_lines', {
      columns: {
        id: idType(),
        order_id: idType(),
        position: intType(),
        product_id: idType(),
        product_name: stringType(200),
        chosen: jsonType(),
        quantity: intType(),
        currency: stringType(3),
        unit_minor: bigIntType(),
        total_minor: bigIntType(),
        note: nullable(stringType(200)),
      },
      key: ['id'],
      indexes: [['order_id']],
    });
    await createTable(runner, 'order_changes', {
      columns: {
        cafe_id: idType(),
        position: bigIntType(),
        order_id: idType(),
        version: intType(),
        status: stringType(20),
        previous_status: nullable(stringType(20)),
        changed_at: instantType(),
        actor_id: nullable(idType()),
        reason: nullable(textType()),
      },
      key: ['cafe_id', 'position'],
      indexes: [['order_id', 'position']],
    });
    await createTable(runner, 'order_refunds', {
      columns: {
        id: idType(),
        order_id: idType(),
        amount_minor: bigIntType(),
        line_ids: jsonType(),
        reason: stringType(500),
        actor_id: idType(),
        requested_at: instantType(),
        arrived_at: nullable(instantType()),
      },
      key: ['id'],
      indexes: [['order_id']],
    });
    await createTable(runner, 'cafe_desks', {
      columns: {
        id: idType(),
        position: bigIntType(),
        business_day: stringType(10),
        last_number: intType(),
        ms_per_item: intType(),
      },
      key: ['id'],
    });
    await createTable(runner, 'slot_bookings', {
      columns: {
        id: stringType(100),
        cafe_id: idType(),
        starts_at: instantType(),
        taken: intType(),
      },
      key: ['id'],
    });
    for (const table of readModels) {
      await createTable(runner, table, {
        columns: { id: idType(), version: bigIntType(), fact: jsonType() },
        key: ['id'],
        indexes: [['version']],
      });
    }
    await createTable(runner, 'catalogue_versions', {
      columns: { id: idType(), version: bigIntType() },
      key: ['id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'catalogue_versions',
      ...readModels,
      'slot_bookings',
      'cafe_desks',
      'order_refunds',
      'order_changes',
      'order_lines',
      'orders',
    ];
    for (const table of tables) await runner.dropTable(table);
  }
}
