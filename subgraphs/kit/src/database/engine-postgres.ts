import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.ts';
import { isConflict } from './database-errors.ts';
import { CONNECT_WAIT_MS, LOCK_WAIT_MS, type ServerEngine } from './server-engine.ts';

/** 64-bit integers and sums of them are numbers; what is no safe integer stays text, and is refused. */
const integer = (text: string): number | string => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};
const { INT8, NUMERIC } = pg.types.builtins;
const types = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === INT8 || type === NUMERIC ? integer : pg.types.getTypeParser(type, format),
};

/*
 * READ COMMITTED, because every rule that reads before it writes locks what it reads (`tx.lock`); stricter levels
 * would fail transactions that merely met, to be tried again.
 */
const SESSION = [
  'default_transaction_isolation=read\\ committed',
  `lock_timeout=${LOCK_WAIT_MS}`,
  'timezone=UTC',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** PostgreSQL 15 and later, by node-postgres. */
export const postgresEngine: ServerEngine = {
  connect: ({ ssl, ...address }, connections, options) =>
    new DataSource({
      type: 'postgres',
      driver: pg,
      ...address,
      ssl,
      poolSize: connections,
      connectTimeoutMS: CONNECT_WAIT_MS,
      applicationName: options.source,
      extra: { types, options: SESSION },
      ...dataSourceOptions(options),
    }),

  async lock(connection, name) {
    try {
      await connection.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  },

  async unlock(connection, name) {
    await connection.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  },
};
