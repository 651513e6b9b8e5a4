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
  /** Does the work in one transaction; a throw undoes all of it. One inside another would wait for itself: never nest. */
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
  // 32 MB, so that what is written often stays in memory.
  'PRAGMA cache_size = -32000',
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

/** How many waiting transactions may share one commit. */
const TOGETHER = 32;

interface Waiting {
  /** Does the work; what it gives is to be called once everything is committed. */
  run(manager: EntityManager): Promise<() => void>;
  reject(error: unknown): void;
}

/**
 * One connection writes, one transaction after the other; a second one reads. Transactions that wait at the
 * same time are committed together, each in a savepoint of its own: a commit costs as much as ten statements.
 */
class SqliteDatabase implements Database {
  private readonly waiting: Waiting[] = [];
  private isDraining = false;
  private drained: Promise<void> = Promise.resolve();
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
    return new Promise((resolve, reject) => {
      const run = async (manager: EntityManager) => {
        const { source, clock, ids } = this.options;
        const tx = new Transaction(manager, source, clock, ids);
        const result = await work(tx);
        const published = await tx.flush();
        return () => {
          for (const after of tx.afterwards) after();
          if (published) for (const listener of this.listeners) listener();
          resolve(result);
        };
      };
      this.waiting.push({ run, reject });
      if (!this.isDraining) this.drained = this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isDraining = true;
    // Whoever asks in the same turn is taken along.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.commit(this.waiting.splice(0, TOGETHER));
    this.isDraining = false;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    const committed: (() => void)[] = [];
    const refused = new Set<Waiting>();
    try {
      await this.writing.transaction(async (manager) => {
        for (const each of group) {
          const isAlone = group.length === 1;
          try {
            committed.push(
              isAlone ? await each.run(manager) : await manager.transaction((own) => each.run(own)),
            );
          } catch (error) {
            refused.add(each);
            each.reject(error);
            if (isAlone) throw error;
          }
        }
      });
    } catch (error) {
      for (const each of group) if (!refused.has(each)) each.reject(error);
      return;
    }
    for (const done of committed) done();
  }

  onPublished(listener: () => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    await this.drained;
    await this.reading.destroy();
    await this.writing.destroy();
  }
}
