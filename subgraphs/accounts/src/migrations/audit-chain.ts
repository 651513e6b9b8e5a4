import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  bigIntType,
  createTable,
  idType,
  instantType,
  makeImmutable,
  nullable,
  stringType,
  textType,
} from '@crema/kit';
import { linkAfter, NOTHING_BEFORE, type AuditLink } from '../services/audit-chain.ts';

const AT_ONCE = 500;

interface OldEntry {
  readonly id: string;
  readonly at: number | string;
  readonly actor_id: string;
  readonly action: string;
  readonly target: string;
  readonly details: string | null;
}

type Last = Pick<AuditLink, 'position' | 'hash'>;

/**
 * Moves the audit log into a table in which each entry holds the hash of the one before: what is there already
 * is chained by its time. MySQL commits as it goes; cut off, it goes on after the last entry that was moved.
 */
export class AuditChain1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'audit_chain', {
      columns: {
        id: idType(),
        at: instantType(),
        actor_id: stringType(100),
        action: stringType(100),
        target: stringType(200),
        details: nullable(textType()),
        position: bigIntType(),
        previous_hash: stringType(64),
        hash: stringType(64),
      },
      key: ['id'],
      indexes: [
        ['at', 'id'],
        ['actor_id', 'at', 'id'],
        ['action', 'at', 'id'],
      ],
      uniques: [['position'], ['hash']],
    });
    await createTable(runner, 'audit_heads', {
      columns: { id: idType(), position: bigIntType(), hash: stringType(64) },
      key: ['id'],
    });
    let last = await lastOf(runner);
    if (await runner.hasTable('audit_entries')) last = await chainOld(runner, last);
    await setHead(runner, last);
    await makeImmutable(runner, 'audit_chain');
    await runner.query('DROP TABLE IF EXISTS audit_entries');
    if (runner.connection.options.type === 'postgres') {
      await runner.query('DROP FUNCTION IF EXISTS audit_entries_immutable()');
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('what is chained stays chained: the audit log only grows'));
  }
}

async function lastOf(runner: QueryRunner): Promise<Last> {
  const [found]: { position: number | string; hash: string }[] = await runner.query(
    'SELECT position, hash FROM audit_chain ORDER BY position DESC LIMIT 1',
  );
  return found
    ? { position: Number(found.position), hash: found.hash }
    : { position: 0, hash: NOTHING_BEFORE };
}

async function chainOld(runner: QueryRunner, from: Last): Promise<Last> {
  let last = from;
  for (;;) {
    const old: OldEntry[] = await runner.query(
      `SELECT id, at, actor_id, action, target, details FROM audit_entries
       WHERE NOT EXISTS (SELECT 1 FROM audit_chain WHERE audit_chain.id = audit_entries.id)
       ORDER BY at, id LIMIT ${AT_ONCE}`,
    );
    if (old.length === 0) return last;
    const rows = old.map(({ id, at, actor_id, action, target, details }) => {
      const content = { id, at: new Date(Number(at)), actorId: actor_id, action, target, details };
      const { position, previousHash: previous_hash, hash } = linkAfter(last, content);
      last = { position, hash };
      return { id, at, actor_id, action, target, details, position, previous_hash, hash };
    });
    await insert(runner, 'audit_chain', rows);
  }
}

async function setHead(runner: QueryRunner, { position, hash }: Last): Promise<void> {
  await runner.query('DELETE FROM audit_heads');
  await insert(runner, 'audit_heads', [{ id: 'audit', position, hash }]);
}

/** By the names of columns: entities may have others by the time this runs. */
async function insert(runner: QueryRunner, table: string, rows: readonly object[]): Promise<void> {
  const { driver } = runner.connection;
  const values: unknown[] = [];
  const bind = (value: unknown): string =>
    driver.createParameter(`p${values.push(value)}`, values.length - 1);
  const tuples = rows.map((row) => `(${Object.values(row).map(bind).join(', ')})`);
  await runner.query(
    `INSERT INTO ${table} (${Object.keys(rows[0]!).join(', ')}) VALUES ${tuples.join(', ')}`,
    values,
  );
}
