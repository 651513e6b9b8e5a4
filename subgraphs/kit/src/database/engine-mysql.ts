import mysql from 'mysql2';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.ts';
import { CONNECT_WAIT_MS, LOCK_WAIT_MS, type ServerEngine } from './server-engine.ts';

/*
 * READ COMMITTED, because every rule that reads before it writes locks what it reads (`tx.lock`): MySQL's
 * own default adds locks on gaps between rows, which make inserts wait for each other and end in deadlocks,
 * and shows a transaction rows as they were at its first read, not as they are once it has the lock.
 */
const SESSION = `SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED`;
const SETTINGS = `SET SESSION sql_mode = 'STRICT_ALL_TABLES', innodb_lock_wait_timeout = ${LOCK_WAIT_MS / 1000}`;

/** mysql2 whose pools prepare each connection before anybody is given it: queries of one connection keep their order. */
const preparing = {
  ...mysql,
  createPool(options: mysql.PoolOptions) {
    const pool = mysql.createPool(options);
    pool.on('connection', (connection) => {
      connection.query(SESSION);
      connection.query(SETTINGS);
    });
    return pool;
  },
};

/** The lock's name is the server's, not the database's, and has at most 64 characters. */
const LOCK_NAME = 'SHA1(CONCAT(DATABASE(), ?))';

/** MySQL 8.4 and MariaDB 10.11, by mysql2. */
export const mysqlEngine: ServerEngine = {
  connect: ({ ssl, ...address }, connections, options) =>
    new DataSource({
      type: 'mysql',
      driver: preparing,
      ...address,
      ...(ssl && { ssl: {} }),
      charset: 'utf8mb4_bin',
      timezone: 'Z',
      poolSize: connections,
      connectTimeout: CONNECT_WAIT_MS,
      // 64-bit integers and sums of them are numbers; only what is no safe integer stays text, and is refused.
      supportBigNumbers: true,
      bigNumberStrings: false,
      extra: { decimalNumbers: true },
      ...dataSourceOptions(options),
    }),

  async lock(connection, name) {
    const [row]: { taken: number }[] = await connection.query(
      `SELECT GET_LOCK(${LOCK_NAME}, ${LOCK_WAIT_MS / 1000}) AS taken`,
      [name],
    );
    return row?.taken === 1;
  },

  async unlock(connection, name) {
    await connection.query(`SELECT RELEASE_LOCK(${LOCK_NAME})`, [name]);
  },
};
