import {
  bigIntType,
  booleanType,
  createTable,
  idType,
  instantType,
  intType,
  jsonType,
  makeImmutable,
  nullable,
  stringType,
} from '@crema/kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Stock1767000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'ingredients', {
      columns: {
        id: idType(),
        name: stringType(100),
        name_key: stringType(100),
        unit: stringType(20),
      },
      key: ['id'],
      uniques: [['name_key']],
    });
    await createTable(runner, 'stock_levels', {
      columns: {
        id: idType(),
        cafe_id: idType(),
        ingredient_id: idType(),
        on_hand_milli: bigIntType(),
        reserved_milli: bigIntType(),
        reorder_point_milli: bigIntType(),
        is_low: booleanType(),
        updated_at: instantType(),
      },
      key: ['id'],
      uniques: [['cafe_id', 'ingredient_id']],
    });
    await createTable(runner, 'stock_movements', {
      columns: {
        position: bigIntType(),
        at: instantType(),
        kind: stringType(20),
        quantity_milli: bigIntType(),
        cafe_id: idType(),
        ingredient_id: idType(),
        order_id: nullable(idType()),
        reason: nullable(stringType(500)),
        actor_id: nullable(idType()),
      },
      key: ['position'],
      generated: true,
      indexes: [
        ['cafe_id', 'position'],
        ['cafe_id', 'ingredient_id', 'position'],
      ],
    });
    await makeImmutable(runner, 'stock_movements');
    await createTable(runner, 'reservations', {
      columns: {
        id: idType(),
        cafe_id: idType(),
        status: stringType(20),
        items: jsonType(),
        created_at: instantType(),
        ended_at: nullable(instantType()),
      },
      key: ['id'],
      indexes: [['status']],
    });
    await createTable(runner, 'recipes', {
      columns: { id: idType(), items: jsonType(), updated_at: instantType() },
      key: ['id'],
    });
    await createTable(runner, 'recipe_book', {
      columns: { id: idType(), version: intType() },
      key: ['id'],
    });
    await runner.query("INSERT INTO recipe_book (id, version) VALUES ('recipes', 1)");
    await createTable(runner, 'product_options', {
      columns: {
        id: idType(),
        name: stringType(200),
        options: jsonType(),
        changed_at: instantType(),
      },
      key: ['id'],
    });
    await createTable(runner, 'cafe_ids', { columns: { id: idType() }, key: ['id'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'cafe_ids',
      'product_options',
      'recipe_book',
      'recipes',
      'reservations',
      'stock_movements',
      'stock_levels',
      'ingredients',
    ]) {
      await runner.dropTable(table);
    }
  }
}
