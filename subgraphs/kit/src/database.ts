import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type MixedList,
  type ObjectLiteral,
} from 'typeorm';
import type { Clock } from './clock.ts';
import type { EventContract } from './event-contract.ts';
import { IdempotencyKey } from './idempotency.ts';
import type { Ids } from './ids.ts';
import { InboxEntry } from './inbox.ts';
import { kitMigrations } from './kit-migrations.ts';
import { OutboxEntry, outboxEntry } from './outbox.ts';
import { insertRows, selectRows, type ReadOptions } from './rows.ts';

/** What is written together or not at all. */
export class Transaction {
  private readonly entries: OutboxEntry[] = [];
  readonly afterwards: (() => void)[] = [];

  constructor(
    /** For statements that `insert`, `find` and `lock` do not cover. */
    readonly manager: EntityManager,
    private readonly source: string,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  insert<Row extends ObjectLiteral>(entity: EntityTarget<Row>, ...rows: Row[]): Promise<void> {
    return insertRows(this.manager, entity, rows);
  }

  /** The row of this key, or null. */
  async find<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    key: string,
  ): Promise<Row | null> {
    return (await selectRows(this.manager, entity, [key]))[0] ?? null;
  }

  findMany<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    keys: readonly string[],
    options?: ReadOptions,
  ): Promise<Row[]> {
    return selectRows(this.manager, entity, keys, options);
  }

  /** The row of this key, locked until the transaction ends, or null. */
  async lock<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    key: string,
  ): Promise<Row | null> {
    return (await selectRows(this.manager, entity, [key], { lock: true }))[0] ?? null;
  }

  /** Publishes a fact with this transaction; `key` is the aggregate's id. Data that breaks the contract throws. */
  publish<Data>(contract: EventContract<Data>, key: string, data: Data): void {
    const { topic, type, version } = contract;
    this.entries.push(
      outboxEntry({
        id: this.ids.next(),
        topic,
        type,
        version,
        key,
        source: this.source,
        time: this.clock.now().toISOString(),
        data: contract.data.parse(data),
      }),
    );
  }

  /** Runs once the transaction is committed, in the order of commits; never when it is undone. */
  afterCommit(work: () => void): void {
    this.afterwards.push(work);
  }

  /** Writes what was published. Called once, last. */
  async flush(): Promise<boolean> {
    await insertRows(this.manager, OutboxEntry, this.entries);
    return this.entries.length > 0;
  }
}

/** A subgraph's own relational database. */
export interface Database {
  /** Reads what is committed; never sees a transaction at work and never waits for one. */
  readonly read: EntityManager;
  /** Does the work in one transaction; a throw undoes all of it. Nested calls are a mistake and throw. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Told after each commit that left something in the outbox. */
  onPublished(listener: () => void): void;
  findMany<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    keys: readonly string[],
    options?: Pick<ReadOptions, 'by'>,
  ): Promise<Row[]>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `file:PATH`: a SQLite file. */
  url: string;
  /** The subgraph's name: CloudEvents' `source` of all that is published from here. */
  source: string;
  entities: MixedList<Function>;
  migrations: MixedList<Function>;
  clock: Clock;
  ids: Ids;
  /** Told of each statement; tests count them. */
  onStatement?: (sql: string) => void;
}

const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  // A commit survives kill -9; only a power cut may take the last ones, never consistency.
  'PRAGMA synchronous = NORMAL',
  'PRAGMA busy_timeout = 5000',
  'PRAGMA foreign_keys = ON',
];

/** Opens the database, creating and migrating it as needed. Throws when it cannot be written. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (!options.url.startsWith('file:')) {
    throw new Error(`${options.url.split(':')[0]}: is no database URL; use file:PATH`);
  }
  const path = options.url.slice('file:'.length);
  mkdirSync(dirname(path), { recursive: true });
  const writing = sqlite(path, options);
  await writing.initialize();
  await writing.runMigrations({ transaction: 'each' });
  const reading = sqlite(path, options);
  await reading.initialize();
  return new SqliteDatabase(writing, reading, options);
}

const sqlite = (path: string, { entities, migrations, onStatement }: DatabaseOptions): DataSource =>
  new DataSource({
    type: 'better-sqlite3',
    driver: Libsql,
    database: path,
    statementCacheSize: 500,
    entities: [...Object.values(entities), OutboxEntry, InboxEntry, IdempotencyKey],
    migrations: [...kitMigrations, ...Object.values(migrations)],
    prepareDatabase: (connection: Libsql.Database) => {
      for (const pragma of PRAGMAS) connection.exec(pragma);
    },
    ...(onStatement && {
      logging: ['query'],
      logger: {
        logQuery: onStatement,
        logQueryError: () => undefined,
        logQuerySlow: () => undefined,
        logSchemaBuild: () => undefined,
        logMigration: () => undefined,
        log: () => undefined,
      },
    }),
  });

/** One connection writes, one transaction after the other; a second one reads. */
class SqliteDatabase implements Database {
  private last: Promise<unknown> = Promise.resolve();
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly writing: DataSource,
    private readonly reading: DataSource,
    private readonly options: DatabaseOptions,
  ) {}

  get read(): EntityManager {
    return this.reading.manager;
  }

  findMany<Row extends ObjectLiteral>(
    entity: EntityTarget<Row>,
    keys: readonly string[],
    options?: Pick<ReadOptions, 'by'>,
  ): Promise<Row[]> {
    return selectRows(this.reading.manager, entity, keys, options);
  }

  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const result = this.last.then(() => this.run(work));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async run<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const { source, clock, ids } = this.options;
    const [tx, result, published] = await this.writing.transaction(async (manager) => {
      const tx = new Transaction(manager, source, clock, ids);
      const result = await work(tx);
      return [tx, result, await tx.flush()] as const;
    });
    for (const after of tx.afterwards) after();
    if (published) for (const listener of this.listeners) listener();
    return result;
  }

  onPublished(listener: () => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    await this.last;
    await this.reading.destroy();
    await this.writing.destroy();
  }
}
