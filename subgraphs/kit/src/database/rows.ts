import type { EntityManager, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/*
 * Inserting rows, reading and changing them by key are the statements that every use case makes. TypeORM's
 * query builder spends three quarters of their time on cases that our entities do not have (relations,
 * generated columns, cascades), so these are written here on its metadata and drivers.
 */

/** A row's primary key: one value, or several in the order of its columns. */
export type Key = string | readonly (string | number)[];

/** The key in one text: equal keys have equal texts. */
export const keyText = (key: Key): string =>
  typeof key === 'string' ? key : key.length === 1 ? String(key[0]) : JSON.stringify(key);

/** The key of a row, or null while the database has yet to give it one. */
export function keyOf(metadata: EntityMetadata, row: ObjectLiteral): Key | null {
  const values = metadata.primaryColumns.map(
    (column) => column.getEntityValue(row) as string | number | undefined,
  );
  return values.some((value) => value === undefined) ? null : (values as (string | number)[]);
}

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

/**
 * Reads the rows whose key, or whose value in another column, is among these; ordered by it. Those that are
 * not there are left out.
 */
export async function selectRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  keys: readonly Key[],
  { lock = false, by }: ReadOptions = {},
): Promise<Row[]> {
  if (keys.length === 0) return [];
  const { metadata, names, table } = statementsOf(manager, entity);
  const { driver, options } = manager.connection;
  const columns =
    by === undefined ? metadata.primaryColumns : [metadata.findColumnWithPropertyName(by)!];
  const columnNames = columns.map(({ databaseName }) => driver.escape(databaseName));
  const parameters: unknown[] = [];
  const conditions = amongKeys(manager, columnNames, keys, parameters);
  const suffix = lock && options.type !== 'better-sqlite3' ? ' FOR UPDATE' : '';
  const raws: Record<string, unknown>[] = await manager.query(
    `SELECT ${names} FROM ${table} WHERE ${conditions} ORDER BY ${columnNames.join(', ')}${suffix}`,
    parameters,
  );
  return raws.map((raw) => {
    const row = metadata.create() as Row;
    for (const each of metadata.columns) {
      each.setEntityValue(row, driver.prepareHydratedValue(raw[each.databaseName], each));
    }
    return row;
  });
}

/** A CASE is searched from its beginning for each row. */
const MOST_IN_AN_UPDATE = 50;

/** What becomes of one row. */
export interface RowChanges<Row> {
  readonly key: Key;
  readonly changes: Partial<Row>;
}

/**
 * Writes the changes of all rows, those with the same columns in one statement:
 * `SET column = CASE key WHEN … THEN … ELSE column END`. The last branch never runs; it tells PostgreSQL of
 * which type the others are.
 */
export async function updateRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly RowChanges<Row>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { metadata, table } = statementsOf(manager, entity);
  const { driver } = manager.connection;
  const keyNames = metadata.primaryColumns.map(({ databaseName }) => driver.escape(databaseName));
  for (const alike of groupedByColumns(rows, keyNames.length === 1)) {
    const parameters: unknown[] = [];
    const bind = (value: unknown): string => {
      parameters.push(value);
      return placeholders(manager, parameters.length - 1, 1);
    };
    const assignments = Object.keys(alike[0]!.changes).map((property) => {
      const column = metadata.findColumnWithPropertyName(property);
      if (!column) throw new Error(`${metadata.name} has no ${property}`);
      const name = driver.escape(column.databaseName);
      const prepared = (changes: Partial<Row>): unknown =>
        driver.preparePersistentValue(changes[property], column);
      if (alike.length === 1) return `${name} = ${bind(prepared(alike[0]!.changes))}`;
      const branches = alike.map(
        ({ key, changes }) => `WHEN ${bind(keyText(key))} THEN ${bind(prepared(changes))}`,
      );
      return `${name} = CASE ${keyNames[0]!} ${branches.join(' ')} ELSE ${name} END`;
    });
    const keys = alike.map(({ key }) => key);
    await manager.query(
      `UPDATE ${table} SET ${assignments.join(', ')} WHERE ${amongKeys(manager, keyNames, keys, parameters)}`,
      parameters,
    );
  }
}

/** Rows of one key column whose changes name the same columns may share a statement; others stand alone. */
function groupedByColumns<Row>(
  rows: readonly RowChanges<Row>[],
  mayShare: boolean,
): Iterable<readonly RowChanges<Row>[]> {
  const groups = new Map<string, RowChanges<Row>[]>();
  for (const row of rows) {
    const columns = Object.keys(row.changes);
    if (columns.length === 0) continue;
    const name = mayShare ? columns.sort().join() : keyText(row.key);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / MOST_IN_AN_UPDATE) }, (_, index) =>
      group.slice(index * MOST_IN_AN_UPDATE, (index + 1) * MOST_IN_AN_UPDATE),
    ),
  );
}

/** `key IN (…)`, or for keys of several columns `(a = … AND b = …) OR …`. */
function amongKeys(
  manager: EntityManager,
  names: readonly string[],
  keys: readonly Key[],
  parameters: unknown[],
): string {
  const from = parameters.length;
  for (const key of keys) parameters.push(...(typeof key === 'string' ? [key] : key));
  if (names.length === 1) return `${names[0]!} IN (${placeholders(manager, from, keys.length)})`;
  return keys
    .map((_, at) => {
      const equals = names.map(
        (name, index) => `${name} = ${placeholders(manager, from + at * names.length + index, 1)}`,
      );
      return `(${equals.join(' AND ')})`;
    })
    .join(' OR ');
}
