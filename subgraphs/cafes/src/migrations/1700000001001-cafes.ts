import { createTable, idType, intType, jsonType, nullable, stringType } from '@crema/kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Cafes1700000001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'cafes', {
      columns: {
        id: idType(),
        slug: stringType(60),
        name: stringType(100),
        phone: nullable(stringType(20)),
        address: jsonType(),
        latitude_e6: intType(),
        longitude_e6: intType(),
        time_zone: stringType(64),
        currency: stringType(3),
        tax_rate_milli: intType(),
        opening_hours: jsonType(),
        special_hours: jsonType(),
        ordering_paused_reason: nullable(stringType(200)),
      },
      key: ['id'],
      indexes: [['name', 'id'], ['latitude_e6']],
      uniques: [['slug']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('cafes');
  }
}
