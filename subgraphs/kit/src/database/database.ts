import type { EntityManager, EntityTarget, MixedList, ObjectLiteral } from 'typeorm';
import type { Clock } from '../clock.ts';
import { openSqliteDatabase } from './database-sqlite.ts';
import type { Ids, Random } from '../ids.ts';
import type { Outbox } from '../events/outbox.ts';
import type { ReadOptions } from './rows.ts';
import type { Transaction } from './transaction.ts';

/** A subgraph's own relational database. */
export interface Database {
  /** Reads what is committed; never sees a transaction at work and never waits for one. */
  readonly read: EntityManager;
  /** Does the work in one transaction; a throw undoes all of it. One inside another would wait for itself: never nest. */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Reads that belong together: all of them see one moment. On SQLite writers wait meanwhile. */
  snapshot<Result>(read: (manager: EntityManager) => Promise<Result>): Promise<Result>;
  /** Does the work while nobody else, in whichever process, does work of this name. Never from within a transaction. */
  exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** What was published and is on its way to the event log. */
  readonly outbox: Outbox;
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
  /** `file:PATH`, a SQLite file; `mysql://…` (MySQL, MariaDB); `postgres://…`. */
  url: string;
  /** The subgraph's name: CloudEvents' `source` of all that is published from here. */
  source: string;
  entities: MixedList<Function>;
  migrations: MixedList<Function>;
  clock: Clock;
  ids: Ids;
  /** Spreads the retries of replicas that got in each other's way. */
  random: Random;
  /** Told of each statement; tests count them. */
  onStatement?: (sql: string) => void;
}

/**
 * Opens the database that the URL names, creating and migrating its tables as needed. Throws when it cannot
 * be reached or written.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const scheme = options.url.split(':')[0]!;
  switch (scheme) {
    case 'file':
      return openSqliteDatabase(options);
    case 'mysql':
    case 'postgres':
    case 'postgresql':
      // Loaded where it is used: most of standalone's start is loading code.
      return (await import('./database-server.ts')).openServerDatabase(options);
    default:
      throw new Error(`${scheme}: is no database URL; use file:PATH, mysql://… or postgres://…`);
  }
}
