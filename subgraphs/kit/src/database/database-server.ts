import type { DataSource, EntityManager, EntityTarget, ObjectLiteral, QueryRunner } from 'typeorm';
import { pause, systemClock } from '../clock.ts';
import { isConflict, isUnreachable, uniqueViolation } from './database-errors.ts';
import type { Database, DatabaseOptions } from './database.ts';
import { mysqlEngine } from './engine-mysql.ts';
import { postgresEngine } from './engine-postgres.ts';
import type { Outbox } from '../events/outbox.ts';
import { selectRows, type ReadOptions } from './rows.ts';
import { addressOf } from './server-address.ts';
import { locked, type ServerEngine } from './server-engine.ts';
import { SharedOutbox } from '../events/shared-outbox.ts';
import { Transaction } from './transaction.ts';
import { UnitOfWork } from './unit-of-work.ts';

/** For who was in another's way, or found no server. */
const TRIES = 8;
/** A second try finds what the first one ran into, unless the work never looks for it. */
const TRIES_TO_BE_UNIQUE = 3;
const LONGEST_PAUSE_MS = 1_000;
/** For who makes large indexes while others start: ten minutes, since each try is LOCK_WAIT_MS. */
const LONG_TRIES = 60;

/**
 * Opens a database of MySQL, MariaDB or PostgreSQL. Any number of processes may have it open; the first one
 * makes or migrates its tables while the others wait.
 */
export async function openServerDatabase(options: DatabaseOptions): Promise<Database> {
  const { address, writers, readers, where } = addressOf(options.url);
  const engine = options.url.startsWith('mysql:') ? mysqlEngine : postgresEngine;
  const writing = engine.connect(address, writers, options);
  const reading = engine.connect(address, readers, options);
  try {
    await writing.initialize();
    await reading.initialize();
    const migrating = await locked({ source: reading, engine }, 'migrations', LONG_TRIES, () =>
      writing.runMigrations({ transaction: 'each' }),
    );
    if (!migrating) throw new Error('another process has been changing its tables for too long');
  } catch (error) {
    for (const each of [writing, reading]) if (each.isInitialized) await each.destroy();
    throw new Error(`${where} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
  return new ServerDatabase(writing, reading, engine, options);
}

/** Node tells of a refused connection by an error without words around those of every address tried. */
const reasonOf = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
};

/** One pool for transactions and one for reads, so that reads never wait for transactions that wait for reads. */
class ServerDatabase implements Database {
  readonly outbox: Outbox;
  private readonly atWork = new Set<Promise<unknown>>();
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly writing: DataSource,
    private readonly reading: DataSource,
    private readonly engine: ServerEngine,
    private readonly options: DatabaseOptions,
  ) {
    this.outbox = new SharedOutbox({ source: reading, engine });
  }

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

  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const run = this.retry(work);
    this.atWork.add(run);
    try {
      return await run;
    } finally {
      this.atWork.delete(run);
    }
  }

  private async retry<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      const runner = this.writing.createQueryRunner();
      let isCommitting = false;
      try {
        await runner.startTransaction();
        const { source, clock, ids } = this.options;
        const tx = new Transaction(new UnitOfWork(runner.manager), source, clock, ids);
        const result = await work(tx);
        const published = await tx.finish();
        isCommitting = true;
        await runner.commitTransaction();
        for (const after of tx.afterwards) after();
        if (published) for (const listener of this.listeners) listener();
        return result;
      } catch (error) {
        await undo(runner);
        // Nobody knows whether a commit that got no answer was done.
        if (isCommitting || attempt >= triesFor(error)) throw error;
      } finally {
        await runner.release();
      }
      await this.backOff(attempt);
    }
  }

  /** Waits in real time, whatever clock the subgraph lives by: the others at the server do. */
  private async backOff(attempt: number): Promise<void> {
    // The second try comes at once: whom the first one met has its locks by now, and it queues behind.
    if (attempt === 1) return;
    const longest = Math.min(10 * 2 ** attempt, LONGEST_PAUSE_MS);
    const { random } = this.options;
    await pause(systemClock, (longest * random.bytes(1)[0]!) / 255);
  }

  snapshot<Result>(read: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return this.reading.transaction('REPEATABLE READ', read);
  }

  async exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const at = { source: this.reading, engine: this.engine };
    const done = await locked(at, `exclusively ${name}`, LONG_TRIES, work);
    if (!done) throw new Error(`another process has been at ${name} for too long`);
    return done.result;
  }

  onPublished(listener: () => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.atWork);
    await this.reading.destroy();
    await this.writing.destroy();
  }
}

/**
 * A unique violation means that another transaction has just written what this one looked for and did not
 * find. It is done again, finds it, and answers as if the other one had come long before.
 */
function triesFor(error: unknown): number {
  if (uniqueViolation(error) !== null) return TRIES_TO_BE_UNIQUE;
  return isConflict(error) || isUnreachable(error) ? TRIES : 1;
}

/** A connection that is lost has nothing left to undo. */
const undo = (runner: QueryRunner): Promise<void> =>
  runner.isTransactionActive
    ? runner.rollbackTransaction().catch(() => undefined)
    : Promise.resolve();
