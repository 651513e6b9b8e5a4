import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/*
 * Inserting rows and reading them by key are the two statements that every use case makes. TypeORM's
 * query builder spends three quarters of their time on cases that our entities do not have (relations,
 * generated columns, cascades), so these two are written here on its metadata and drivers.
 */

interface RowStatements {
  readonly metadata: EntityMetadata;
  readonly table: string;
  readonly names: string;
  /** All columns but those that the database counts by itself. */
  readonly inserted: readonly ColumnMetadata[];
  readonly insertedNames: string;
}

const known = new WeakMap<EntityMetadata, RowStatements>();

function statementsOf(manager: EntityManager, entity: EntityTarget<ObjectLiteral>): RowStatements {
  const metadata = manager.connection.getMetadata(entity);
  let statements = known.get(metadata);
  if (!statements) {
    const { driver } = manager.connection;
    const namesOf = (columns: readonly ColumnMetadata[]) =>
      columns.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
    const inserted = metadata.columns.filter(({ isGenerated }) => !isGenerated);
    statements = {
      metadata,
      table: driver.escape(metadata.tableName),
      names: namesOf(metadata.columns),
      inserted,
      insertedNames: namesOf(inserted),
    };
    known.set(metadata, statements);
  }
  return statements;
}

/** Placeholders in the dialect's way: `?, ?` or `$1, $2`; `from` counts from 0. */
export const placeholders = (manager: EntityManager, from: number, count: number): string =>
  Array.from({ length: count }, (_, index) =>
    manager.connection.driver.createParameter(`p${from + index}`, from + index),
  ).join(', ');

/** SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const MOST_PARAMETERS = 30_000;

/** Inserts all rows in one statement (or a few, when they are very many). */
export async function insertRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const { inserted, insertedNames, table } = statementsOf(manager, entity);
  const { driver } = manager.connection;
  const atOnce = Math.floor(MOST_PARAMETERS / inserted.length);
  for (let start = 0; start < rows.length; start += atOnce) {
    const parameters: unknown[] = [];
    const values = rows.slice(start, start + atOnce).map((row) => {
      const from = parameters.length;
      for (const column of inserted) {
        parameters.push(driver.preparePersistentValue(column.getEntityValue(row) ?? null, column));
      }
      return `(${placeholders(manager, from, inserted.length)})`;
    });
    await manager.query(
      `INSERT INTO ${table} (${insertedNames}) VALUES ${values.join(', ')}`,
      parameters,
    );
  }
}

export interface ReadOptions {
  /** Locks the rows until the transaction ends, in the order of their keys, so that no two wait for each other. */
  lock?: boolean;
  /** The column to look in; the primary key unless told. */
  by?: string;
}

/** Reads the rows whose key is among `keys`, ordered by key. Those that are not there are left out. */
export async function selectRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  keys: readonly string[],
  { lock = false, by }: ReadOptions = {},
): Promise<Row[]> {
  if (keys.length === 0) return [];
  const { metadata, names, table } = statementsOf(manager, entity);
  const { driver, options } = manager.connection;
  const column =
    by === undefined ? metadata.primaryColumns[0]! : metadata.findColumnWithPropertyName(by)!;
  const name = driver.escape(column.databaseName);
  const suffix = lock && options.type !== 'better-sqlite3' ? ' FOR UPDATE' : '';
  const raws: Record<string, unknown>[] = await manager.query(
    `SELECT ${names} FROM ${table} WHERE ${name} IN (${placeholders(manager, 0, keys.length)}) ORDER BY ${name}${suffix}`,
    [...keys],
  );
  return raws.map((raw) => {
    const row = metadata.create() as Row;
    for (const each of metadata.columns) {
      each.setEntityValue(row, driver.prepareHydratedValue(raw[each.databaseName], each));
    }
    return row;
  });
}
