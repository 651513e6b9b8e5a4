import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import type { Clock } from '../clock.ts';
import type {
  Change,
  Collection,
  CollectionOptions,
  Document,
  Documents,
  Find,
  Range,
  Scalar,
  Total,
  Totals,
  Where,
} from './documents.ts';
import { SharedCommits } from '../shared-commits.ts';

/** Opens the documents in a SQLite file (`file:PATH`), creating it as needed. */
export function openEmbeddedDocuments(url: string, clock: Clock): Documents {
  const path = url.slice('file:'.length);
  mkdirSync(dirname(path), { recursive: true });
  const file = new Libsql(path);
  for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL', 'busy_timeout = 5000']) {
    file.exec(`PRAGMA ${pragma}`);
  }
  file.exec(
    `CREATE TABLE IF NOT EXISTS applied_once (
       collection TEXT NOT NULL, id TEXT NOT NULL, once_key TEXT NOT NULL, applied_at INTEGER NOT NULL,
       PRIMARY KEY (collection, id, once_key)) WITHOUT ROWID`,
  );
  const commits = new SharedCommits(file);
  return {
    collection: async <Doc extends Document>(options: CollectionOptions<Doc>) =>
      new EmbeddedCollection<Doc>(file, commits, options, clock),
    close: async () => {
      await commits.run(() => undefined);
      file.close();
    },
  };
}

type Row = { body: string };
type Statement = {
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): { changes: number };
};

/** Every name that reaches SQL's text is checked here; values are always parameters. */
const path = (field: string): string => {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(field)) throw new Error(`${field} is no field name`);
  return field === 'id' ? 'id' : `json_extract(body, '$.${field}')`;
};

class EmbeddedCollection<Doc extends Document> implements Collection<Doc> {
  private readonly table: string;
  private readonly statements = new Map<string, Statement>();
  private readonly fixed: Readonly<Record<'read' | 'insert' | 'replace' | 'claim', Statement>>;

  constructor(
    private readonly file: Libsql.Database,
    private readonly commits: SharedCommits,
    { name, indexes }: CollectionOptions<Doc>,
    private readonly clock: Clock,
  ) {
    path(name);
    this.table = `documents_${name}`;
    file.exec(
      `CREATE TABLE IF NOT EXISTS ${this.table} (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID`,
    );
    for (const { fields, unique } of indexes) {
      file.exec(
        `CREATE ${unique ? 'UNIQUE ' : ''}INDEX IF NOT EXISTS ix_${this.table}_${fields.join('_')}
         ON ${this.table} (${fields.map(path).join(', ')})`,
      );
    }
    const insert = `INSERT INTO ${this.table} (id, body) VALUES (?, ?)`;
    this.fixed = {
      read: this.statement(`SELECT body FROM ${this.table} WHERE id = ?`),
      insert: this.statement(`${insert} ON CONFLICT DO NOTHING`),
      replace: this.statement(`${insert} ON CONFLICT (id) DO UPDATE SET body = excluded.body`),
      claim: this.statement(
        'INSERT INTO applied_once (collection, id, once_key, applied_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ),
    };
  }

  async get(id: string): Promise<Doc | null> {
    return this.read(id);
  }

  async getMany(ids: readonly string[]): Promise<(Doc | null)[]> {
    return ids.map((id) => this.read(id));
  }

  async insert(document: Doc): Promise<boolean> {
    return this.commits.run(() => this.write(document, 'insert'));
  }

  async put(document: Doc): Promise<void> {
    await this.commits.run(() => {
      this.write(document, 'replace');
      this.forget('?', [document.id]);
    });
  }

  async change(id: string, change: Change<Doc>): Promise<boolean> {
    return this.commits.run(() => this.changeNow(id, change));
  }

  async find({ where = {}, order = [], after, limit }: Find<Doc>): Promise<Doc[]> {
    const conditions = conditionsOf(where);
    if (after) conditions.push(afterOf(order, after));
    const sorting = order.map(([field, direction]) => `${path(field)} ${direction}`);
    const sql = [
      `SELECT body FROM ${this.table}`,
      conditions.length > 0 && `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
      sorting.length > 0 && `ORDER BY ${sorting.join(', ')}`,
      limit !== undefined && 'LIMIT ?',
    ];
    const parameters = conditions.flatMap((condition) => condition.parameters);
    if (limit !== undefined) parameters.push(limit);
    const rows = this.statement(sql.filter(Boolean).join(' ')).all(...parameters) as Row[];
    return rows.map(({ body }) => JSON.parse(body) as Doc);
  }

  async count(where: Where<Doc> = {}): Promise<number> {
    const { sql, parameters } = filter(where);
    const row = this.statement(`SELECT count(*) AS count FROM ${this.table}${sql}`).get(
      ...parameters,
    );
    return (row as { count: number }).count;
  }

  async totals({ by, sum = [], where = {} }: Totals<Doc>): Promise<Total[]> {
    const { sql, parameters } = filter(where);
    const sums = sum.map((field, index) => `, coalesce(sum(${path(field)}), 0) AS sum${index}`);
    const rows = this.statement(
      `SELECT ${path(by)} AS value, count(*) AS count${sums.join('')}
       FROM ${this.table}${sql} GROUP BY 1 ORDER BY 1`,
    ).all(...parameters) as ({ value: Scalar; count: number } & Record<`sum${number}`, number>)[];
    return rows.map((row) => ({
      key: row.value,
      count: row.count,
      sums: Object.fromEntries(sum.map((field, index) => [field, row[`sum${index}`]!])),
    }));
  }

  async remove(where: Where<Doc>): Promise<number> {
    const { sql, parameters } = filter(where);
    return this.commits.run(() => {
      this.forget(`SELECT id FROM ${this.table}${sql}`, parameters);
      return this.statement(`DELETE FROM ${this.table}${sql}`).run(...parameters).changes;
    });
  }

  private forget(ids: string, parameters: readonly unknown[]): void {
    this.statement(`DELETE FROM applied_once WHERE collection = ? AND id IN (${ids})`).run(
      this.table,
      ...parameters,
    );
  }

  private changeNow(
    id: string,
    { set = {}, add = {}, where, orInsert, onceKey }: Change<Doc>,
  ): boolean {
    if (orInsert && orInsert.id !== id) throw new Error(`${orInsert.id} is not ${id}`);
    const found = this.read(id);
    const document = found ?? orInsert;
    if (!document) return false;
    if (found && where && !this.holds(id, where)) return false;
    if (onceKey !== undefined && !this.claim(id, onceKey)) return false;
    const sums = Object.fromEntries(
      given(add).map(([field, more]) => [
        field,
        Number(document[field as keyof Doc] ?? 0) + Number(more),
      ]),
    );
    return this.write({ ...document, ...sums, ...Object.fromEntries(given(set)) }, 'replace');
  }

  private holds(id: string, where: Where<Omit<Doc, 'id'>>): boolean {
    const { sql, parameters } = filter<Doc>({ ...where, id } as Where<Doc>);
    return this.statement(`SELECT 1 FROM ${this.table}${sql}`).get(...parameters) !== undefined;
  }

  private claim(id: string, onceKey: string): boolean {
    const now = this.clock.now().getTime();
    return this.fixed.claim.run(this.table, id, onceKey, now).changes > 0;
  }

  private read(id: string): Doc | null {
    const row = this.fixed.read.get(id) as Row | undefined;
    return row ? (JSON.parse(row.body) as Doc) : null;
  }

  private write(document: Doc, how: 'insert' | 'replace'): boolean {
    return this.fixed[how].run(document.id, JSON.stringify(document)).changes > 0;
  }

  private statement(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.file.prepare(sql) as unknown as Statement;
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

/** A field that is undefined is left alone. */
const given = (fields: object): [string, unknown][] =>
  Object.entries(fields).filter(([, value]) => value !== undefined);

interface Condition {
  readonly sql: string;
  readonly parameters: unknown[];
}

const filter = <Doc>(where: Where<Doc>): Condition => {
  const conditions = conditionsOf(where);
  return {
    sql: conditions.length > 0 ? ` WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '',
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
};

function conditionsOf<Doc>(where: Where<Doc>): Condition[] {
  return Object.entries(where as Record<string, Scalar | readonly Scalar[] | Range | undefined>)
    .filter(([, wanted]) => wanted !== undefined)
    .map(([field, wanted]) => conditionOf(path(field), wanted!));
}

function conditionOf(at: string, wanted: Scalar | readonly Scalar[] | Range): Condition {
  if (wanted === null) return { sql: `${at} IS NULL`, parameters: [] };
  if (Array.isArray(wanted)) {
    const values = (wanted as readonly Scalar[]).filter((each) => each !== null);
    // One parameter, so that lists of any length share one statement.
    const among = `${at} IN (SELECT value FROM json_each(?))`;
    return {
      sql: values.length < wanted.length ? `(${among} OR ${at} IS NULL)` : among,
      parameters: [JSON.stringify(values.map(bound))],
    };
  }
  if (typeof wanted !== 'object') return { sql: `${at} = ?`, parameters: [bound(wanted)] };
  const { from, below } = wanted as Range;
  const parts: Condition[] = [];
  if (from !== undefined) parts.push({ sql: `${at} >= ?`, parameters: [from] });
  if (below !== undefined) parts.push({ sql: `${at} < ?`, parameters: [below] });
  return {
    sql: parts.length > 0 ? parts.map(({ sql }) => sql).join(' AND ') : '1',
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

/** (a, b) comes after (x, y): a beyond x, or a equal to x and b beyond y; beyond in each field's direction. */
function afterOf<Doc>(
  order: NonNullable<Find<Doc>['order']>,
  after: readonly (string | number)[],
): Condition {
  if (after.length !== order.length) throw new Error('after must have a value for each field');
  const alternatives = order.map(([field, direction], index) => {
    const equal = order.slice(0, index).map(([earlier]) => `${path(earlier)} = ?`);
    const beyond = `${path(field)} ${direction === 'asc' ? '>' : '<'} ?`;
    return {
      sql: `(${[...equal, beyond].join(' AND ')})`,
      parameters: after.slice(0, index + 1),
    };
  });
  return {
    sql: `(${alternatives.map(({ sql }) => sql).join(' OR ')})`,
    parameters: alternatives.flatMap(({ parameters }) => parameters),
  };
}

/** SQLite knows no booleans: JSON's true and false come out as 1 and 0. */
const bound = (value: Scalar): Scalar => (typeof value === 'boolean' ? Number(value) : value);
