import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  booleanType,
  createTable,
  idType,
  instantType,
  intType,
  jsonType,
  makeImmutable,
  nullable,
  stringType,
  textType,
} from '@crema/kit';

export class AccountsTables1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'users', {
      columns: {
        id: idType(),
        name: stringType(100),
        name_key: stringType(200),
        email: stringType(254),
        phone: nullable(stringType(16)),
        password_hash: stringType(200),
        roles: jsonType(),
        workplaces: jsonType(),
        is_admin: booleanType(),
        created_at: instantType(),
      },
      key: ['id'],
      indexes: [['name_key', 'id'], ['is_admin']],
      uniques: [['email']],
    });
    await createTable(runner, 'sessions', {
      columns: {
        id: idType(),
        user_id: idType(),
        kind: stringType(10),
        created_at: instantType(),
        last_used_at: instantType(),
        expires_at: instantType(),
        ends_at: instantType(),
        user_agent: nullable(stringType(300)),
        revoked_at: nullable(instantType()),
      },
      key: ['id'],
      indexes: [['user_id', 'last_used_at'], ['expires_at']],
    });
    await createTable(runner, 'refresh_tokens', {
      columns: {
        hash: idType(),
        session_id: idType(),
        created_at: instantType(),
        used_at: nullable(instantType()),
      },
      key: ['hash'],
      indexes: [['session_id']],
    });
    await createTable(runner, 'signing_keys', {
      columns: {
        kid: idType(),
        public_jwk: jsonType(),
        sealed_jwk: textType(),
        created_at: instantType(),
        active_from: instantType(),
      },
      key: ['kid'],
    });
    await createTable(runner, 'password_resets', {
      columns: {
        id: idType(),
        user_id: nullable(idType()),
        code_hash: stringType(64),
        tries_left: intType(),
        expires_at: instantType(),
      },
      key: ['id'],
      indexes: [['expires_at']],
    });
    await createTable(runner, 'audit_entries', {
      columns: {
        id: idType(),
        at: instantType(),
        actor_id: stringType(100),
        action: stringType(100),
        target: stringType(200),
        details: nullable(textType()),
      },
      key: ['id'],
      indexes: [
        ['at', 'id'],
        ['actor_id', 'at', 'id'],
        ['action', 'at', 'id'],
      ],
    });
    await makeImmutable(runner, 'audit_entries');
    await createTable(runner, 'known_cafes', { columns: { id: idType() }, key: ['id'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'known_cafes',
      'audit_entries',
      'password_resets',
      'signing_keys',
      'refresh_tokens',
      'sessions',
      'users',
    ]) {
      await runner.dropTable(table);
    }
  }
}
