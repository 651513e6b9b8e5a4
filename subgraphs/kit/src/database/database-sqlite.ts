import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { afterArrivals } from '../clock.ts';
import type { Database, DatabaseOptions } from './database.ts';
import { dataSourceOptions } from './data-source.ts';
import { OwnOutbox } from '../events/own-outbox.ts';
import { selectRows, type ReadOptions } from './rows.ts';
import { Transaction } from './transaction.ts';
import { Turns } from '../turns.ts';
import { UnitOfWork } from './unit-of-work.ts';

const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  // A commit survives kill -9; only a power cut may take the last ones, never consistency.
  'PRAGMA synchronous = NORMAL',
  'PRAGMA busy_timeout = 5000',
  'PRAGMA foreign_keys = ON',
  // 32 MB, so that what is written often stays in memory.
  'PRAGMA cache_size = -32000',
];

/** Opens the SQLite file of a `file:PATH` URL, creating and migrating it as needed. */
export async function openSqliteDatabase(options: DatabaseOptions): Promise<Database> {
  const path = options.url.slice('file:'.length);
  mkdirSync(dirname(path), { recursive: true });
  const writing = sqlite(path, options);
  await writing.initialize();
  await writing.runMigrations({ transaction: 'each' });
  const reading = sqlite(path, options);
  await reading.initialize();
  return new SqliteDatabase(writing, reading, options);
}

const sqlite = (path: string, options: DatabaseOptions): DataSource =>
  new DataSource({
    type: 'better-sqlite3',
    driver: Libsql,
    database: path,
    statementCacheSize: 500,
    prepareDatabase: (connection: Libsql.Database) => {
      for (const pragma of PRAGMAS) connection.exec(pragma);
    },
    ...dataSourceOptions(options),
  });

/** How many waiting transactions may share one commit. */
const TOGETHER = 32;

interface Waiting {
  /** Does the work; what it gives is to be called once everything is committed. */
  run(unit: UnitOfWork): Promise<() => void>;
  reject(error: unknown): void;
}

/**
 * One connection writes, one transaction after the other; a second one reads. Transactions that wait at the
 * same time are written and committed together, each on a layer of its own: a commit costs as much as ten
 * statements, and their rows share statements.
 */
class SqliteDatabase implements Database {
  readonly outbox = new OwnOutbox(this);
  private readonly turns = new Turns();
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
      const run = async (unit: UnitOfWork) => {
        const { source, clock, ids } = this.options;
        const tx = new Transaction(unit, source, clock, ids);
        const result = await work(tx);
        const published = await tx.finish();
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
    while (this.waiting.length > 0) {
      await afterArrivals();
      await this.commit(this.waiting.splice(0, TOGETHER));
    }
    this.isDraining = false;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    let committed: readonly (() => void)[];
    try {
      committed = await this.writing.transaction((manager) => runTogether(group, manager));
    } catch (error) {
      // The rows of one are in the way of all: each must be tried by itself.
      if (group.length > 1) for (const each of group) await this.commit([each]);
      else group[0]!.reject(error);
      return;
    }
    for (const done of committed) done();
  }

  /** The connection that reads is everybody's; the one that writes is one transaction's at a time. */
  snapshot<Result>(read: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.transaction(async (tx) => read(await tx.direct()));
  }

  /** No other process has the file. */
  exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    return this.turns.take(name, work);
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

/** Gives what is to be called of each that succeeded; who fails is told of it once all is committed. */
async function runTogether(
  group: readonly Waiting[],
  manager: EntityManager,
): Promise<readonly (() => void)[]> {
  const unit = new UnitOfWork(manager);
  const done: (() => void)[] = [];
  for (const { run, reject } of group) {
    const layer = group.length > 1 ? unit.layer() : unit;
    try {
      done.push(await run(layer));
    } catch (error) {
      if (layer === unit) throw error;
      await layer.undo();
      done.push(() => reject(error));
    }
  }
  await unit.writeOut();
  return done;
}
