import { Table, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { uniqueName } from './database-errors.ts';

/*
 * Migrations are written once, on TypeORM's schema API. These are the counterparts of `columns.ts`.
 */

type ColumnSpec = Omit<TableColumnOptions, 'name'>;

export const idType = (): ColumnSpec => ({ type: 'varchar', length: '64' });
export const stringType = (length: number): ColumnSpec => ({
  type: 'varchar',
  length: String(length),
});
export const textType = (): ColumnSpec => ({ type: 'text' });
export const intType = (): ColumnSpec => ({ type: 'int' });
export const bigIntType = (): ColumnSpec => ({ type: 'bigint' });
export const booleanType = intType;
export const instantType = bigIntType;
export const jsonType = textType;
export const nullable = (spec: ColumnSpec): ColumnSpec => ({ ...spec, isNullable: true });

export interface TableSpec {
  columns: Record<string, ColumnSpec>;
  /** The primary key, one column or several in order. */
  key: readonly string[];
  /** Makes a primary key of one integer column count by itself. */
  generated?: boolean;
  indexes?: readonly (readonly string[])[];
  uniques?: readonly (readonly string[])[];
}

/**
 * Creates a table with its indexes, named after table and columns. Texts compare as they do on SQLite, by their
 * code points: `Ada` and `ada` are two keys.
 */
export async function createTable(
  runner: QueryRunner,
  name: string,
  { columns, key, generated = false, indexes = [], uniques = [] }: TableSpec,
): Promise<void> {
  const engine = engineOf(runner);
  const collation = await binaryCollation(runner);
  const columnOf = ([columnName, spec]: [string, ColumnSpec]): TableColumnOptions => ({
    name: columnName,
    ...spec,
    ...(collation && ['varchar', 'text'].includes(spec.type) && { collation }),
    // MySQL's `text` ends at 64 KB.
    ...(engine === 'mysql' && spec.type === 'text' && { type: 'mediumtext' }),
    isPrimary: key.includes(columnName),
    // SQLite counts by itself on INTEGER PRIMARY KEY alone.
    ...(generated &&
      key[0] === columnName && {
        type: engine === 'sqlite' ? 'integer' : 'bigint',
        isGenerated: true,
        generationStrategy: 'increment' as const,
      }),
  });
  const indexOf = (indexName: string, columnNames: readonly string[], isUnique: boolean) => ({
    name: indexName,
    columnNames: [...columnNames],
    isUnique,
  });
  const table = new Table({
    name,
    columns: Object.entries(columns).map(columnOf),
    indices: [
      ...indexes.map((each) => indexOf(`ix_${name}_${each.join('_')}`.slice(0, 60), each, false)),
      ...uniques.map((each) => indexOf(uniqueName(name, each), each, true)),
    ],
  });
  // MySQL commits each table by itself: a migration that was cut off finds its first tables made.
  await runner.createTable(table, engine === 'mysql');
}

type Engine = 'sqlite' | 'mysql' | 'postgres';

function engineOf(runner: QueryRunner): Engine {
  const { type } = runner.connection.options;
  if (type === 'better-sqlite3') return 'sqlite';
  if (type === 'mysql' || type === 'postgres') return type;
  throw new Error(`${type} is no database of ours`);
}

/** Undefined where it is the default. MySQL and MariaDB name theirs differently; both let trailing spaces count. */
async function binaryCollation(runner: QueryRunner): Promise<string | undefined> {
  switch (engineOf(runner)) {
    case 'sqlite':
      return undefined;
    case 'postgres':
      return 'C';
    case 'mysql': {
      const [{ version }] = await runner.query('SELECT VERSION() AS version');
      return String(version).includes('MariaDB') ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
    }
  }
}

/**
 * Makes the database itself refuse to change or delete a row of this table, by the triggers
 * `<table>_no_update` and `<table>_no_delete`.
 */
export async function makeImmutable(runner: QueryRunner, table: string): Promise<void> {
  const engine = engineOf(runner);
  const message = `rows of ${table} are immutable`;
  if (engine === 'postgres') {
    await runner.query(
      `CREATE FUNCTION ${table}_immutable() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION '${message}'; END $$`,
    );
    // TRUNCATE fires no trigger of rows.
    await runner.query(
      `CREATE TRIGGER ${table}_no_truncate BEFORE TRUNCATE ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION ${table}_immutable()`,
    );
  }
  for (const action of ['UPDATE', 'DELETE']) {
    const name = `${table}_no_${action.toLowerCase()}`;
    const trigger = `${name} BEFORE ${action} ON ${table}`;
    switch (engine) {
      case 'sqlite':
        await runner.query(
          `CREATE TRIGGER ${trigger} BEGIN SELECT RAISE(ABORT, '${message}'); END`,
        );
        break;
      case 'mysql':
        await runner.query(
          `CREATE TRIGGER IF NOT EXISTS ${trigger}
           FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${message}'`,
        );
        break;
      case 'postgres':
        await runner.query(
          `CREATE TRIGGER ${trigger} FOR EACH ROW EXECUTE FUNCTION ${table}_immutable()`,
        );
    }
  }
}
