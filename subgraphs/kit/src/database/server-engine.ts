import type { DataSource, QueryRunner } from 'typeorm';
import type { DatabaseOptions } from './database.ts';

/** How long a lock is waited for: an advisory one, and one on a row. */
export const LOCK_WAIT_MS = 10_000;
/** How long a connection is waited for. */
export const CONNECT_WAIT_MS = 10_000;

/** Where a database is on which server, and how to get in. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number | undefined;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: boolean;
}

/** What MySQL and PostgreSQL do each in their own way. */
export interface ServerEngine {
  /** At most so many connections, made as they are needed, each in READ COMMITTED; `initialize` opens the first. */
  connect(address: ServerAddress, connections: number, options: DatabaseOptions): DataSource;
  /**
   * Takes the lock of this name within this database until `unlock`, or until the connection ends. False when
   * another connection has had it for all of LOCK_WAIT_MS.
   */
  lock(connection: QueryRunner, name: string): Promise<boolean>;
  unlock(connection: QueryRunner, name: string): Promise<void>;
}

/**
 * Does the work while no other connection does work of this name in this database, on a connection of `source`;
 * null when another one is at it for longer than `tries` times LOCK_WAIT_MS. A lock ends with its connection.
 */
export async function locked<Result>(
  { source, engine }: { source: DataSource; engine: ServerEngine },
  name: string,
  tries: number,
  work: (connection: QueryRunner) => Promise<Result>,
): Promise<{ result: Result } | null> {
  const connection = source.createQueryRunner();
  try {
    for (let attempt = 1; !(await engine.lock(connection, name)); attempt++) {
      if (attempt === tries) return null;
    }
    try {
      return { result: await work(connection) };
    } finally {
      await engine.unlock(connection, name).catch(() => undefined);
    }
  } finally {
    await connection.release();
  }
}
