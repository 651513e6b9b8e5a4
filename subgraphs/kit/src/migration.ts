import { Table, TableIndex, type QueryRunner, type TableColumnOptions } from 'typeorm';

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

/** Creates a table with its indexes, named after table and columns. */
export async function createTable(
  runner: QueryRunner,
  name: string,
  { columns, key, generated = false, indexes = [], uniques = [] }: TableSpec,
): Promise<void> {
  const sqlite = runner.connection.options.type === 'better-sqlite3';
  await runner.createTable(
    new Table({
      name,
      columns: Object.entries(columns).map(([columnName, spec]) => {
        const counts = generated && key[0] === columnName;
        return {
          name: columnName,
          ...spec,
          isPrimary: key.includes(columnName),
          // SQLite counts by itself on INTEGER PRIMARY KEY alone.
          ...(counts && {
            type: sqlite ? 'integer' : 'bigint',
            isGenerated: true,
            generationStrategy: 'increment' as const,
          }),
        };
      }),
    }),
  );
  const indexOf = (isUnique: boolean) => (columnNames: readonly string[]) =>
    runner.createIndex(
      name,
      new TableIndex({
        name: `${isUnique ? 'uq' : 'ix'}_${name}_${columnNames.join('_')}`.slice(0, 60),
        columnNames: [...columnNames],
        isUnique,
      }),
    );
  for (const columnNames of indexes) await indexOf(false)(columnNames);
  for (const columnNames of uniques) await indexOf(true)(columnNames);
}

/** Makes the database itself refuse to change or delete a row of this table. */
export async function makeImmutable(runner: QueryRunner, table: string): Promise<void> {
  const message = `rows of ${table} are immutable`;
  switch (runner.connection.options.type) {
    case 'better-sqlite3':
      for (const action of ['UPDATE', 'DELETE']) {
        await runner.query(
          `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table}
           BEGIN SELECT RAISE(ABORT, '${message}'); END`,
        );
      }
      return;
    case 'mysql':
    case 'mariadb':
      for (const action of ['UPDATE', 'DELETE']) {
        await runner.query(
          `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table}
           FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${message}'`,
        );
      }
      return;
    case 'postgres':
      await runner.query(
        `CREATE FUNCTION ${table}_immutable() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION '${message}'; END $$`,
      );
      await runner.query(
        `CREATE TRIGGER ${table}_immutable BEFORE UPDATE OR DELETE ON ${table}
         FOR EACH ROW EXECUTE FUNCTION ${table}_immutable()`,
      );
      return;
    default:
      throw new Error(`${runner.connection.options.type} is no database of ours`);
  }
}
