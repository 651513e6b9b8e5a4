import {
  bigIntType,
  booleanType,
  createTable,
  idType,
  intType,
  jsonType,
  nullable,
  stringType,
  textType,
} from '@crema/kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['cafes', 'cafe_offers', 'products', 'categories', 'menu_version'];

export class Menu1700000001101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'menu_version', {
      columns: { id: idType(), version: bigIntType() },
      key: ['id'],
    });
    await runner.query("INSERT INTO menu_version (id, version) VALUES ('menu', 1)");
    await createTable(runner, 'categories', {
      columns: { id: idType(), name: stringType(80), position: intType() },
      key: ['id'],
      uniques: [['name']],
    });
    await createTable(runner, 'products', {
      columns: {
        id: idType(),
        sku: stringType(60),
        name: stringType(100),
        description: nullable(textType()),
        category_id: idType(),
        price_minor: bigIntType(),
        currency: stringType(3),
        option_groups: jsonType(),
        image_url: nullable(stringType(500)),
        allergens: jsonType(),
        archived: booleanType(),
      },
      key: ['id'],
      uniques: [['sku']],
    });
    await createTable(runner, 'cafe_offers', {
      columns: {
        product_id: idType(),
        cafe_id: idType(),
        price_minor: nullable(bigIntType()),
        sold_out: booleanType(),
      },
      key: ['product_id', 'cafe_id'],
    });
    await createTable(runner, 'cafes', { columns: { id: idType() }, key: ['id'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.dropTable(table);
  }
}
