import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  bigIntType,
  createTable,
  idType,
  instantType,
  intType,
  stringType,
  textType,
} from './migration.ts';

/** The tables that every relational subgraph has. */
export class KitTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'outbox', {
      columns: {
        position: bigIntType(),
        id: idType(),
        type: stringType(100),
        version: intType(),
        topic: stringType(100),
        aggregate_key: stringType(150),
        source: stringType(50),
        occurred_at: stringType(30),
        data: textType(),
      },
      key: ['position'],
      generated: true,
    });
    await createTable(runner, 'inbox', {
      columns: { consumer: stringType(100), event_id: idType(), applied_at: instantType() },
      key: ['consumer', 'event_id'],
      indexes: [['applied_at']],
    });
    await createTable(runner, 'idempotency_keys', {
      columns: {
        owner: idType(),
        operation: stringType(50),
        idempotency_key: stringType(200),
        fingerprint: stringType(64),
        result: textType(),
        created_at: instantType(),
      },
      key: ['owner', 'operation', 'idempotency_key'],
      indexes: [['created_at']],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['idempotency_keys', 'inbox', 'outbox']) await runner.dropTable(table);
  }
}

export const kitMigrations = [KitTables1700000000000];
