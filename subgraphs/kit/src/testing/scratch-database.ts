import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { systemClock } from '../clock.ts';
import { systemRandom, uuidV7 } from '../ids.ts';

/** An empty database of a test's own. */
export interface ScratchDatabase {
  /** What `openDatabase` takes. */
  readonly url: string;
  /** Ends everybody's connections to it, from the server's side. */
  cutConnections(): Promise<void>;
  /** Removes it with everything in it, whoever is still connected. */
  drop(): Promise<void>;
}

const ids = uuidV7(systemClock, systemRandom);

/**
 * Makes a database for one test: `file:` makes a file in a new folder; `mysql://USER:PASSWORD@HOST:PORT` and
 * `postgres://…` make a database on that server, where the user must be allowed to.
 */
export async function createScratchDatabase(server: string): Promise<ScratchDatabase> {
  if (server === 'file:') {
    const folder = mkdtempSync(join(tmpdir(), 'scratch-'));
    return {
      url: `file:${join(folder, 'scratch.db')}`,
      cutConnections: () => Promise.reject(new Error('a file has no connections')),
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const name = `scratch_${ids.next().replaceAll('-', '')}`;
  const { create, cutConnections, drop } = server.startsWith('mysql:') ? onMysql : onPostgres;
  await create(server, name);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    cutConnections: () => cutConnections(server, name),
    drop: () => drop(server, name),
  };
}

interface Server {
  create(server: string, name: string): Promise<void>;
  cutConnections(server: string, name: string): Promise<void>;
  drop(server: string, name: string): Promise<void>;
}

const onMysql: Server = {
  create: (server, name) =>
    withMysql(server, async (connection) => {
      await connection.query(`CREATE DATABASE ${name}`);
    }),
  cutConnections: (server, name) =>
    withMysql(server, async (connection) => {
      const [rows] = await connection.query<mysql.RowDataPacket[]>(
        'SELECT id FROM information_schema.processlist WHERE db = ?',
        [name],
      );
      for (const { id } of rows) await connection.query(`KILL ${id}`);
    }),
  drop: (server, name) =>
    withMysql(server, async (connection) => {
      await connection.query(`DROP DATABASE ${name}`);
    }),
};

const onPostgres: Server = {
  create: (server, name) =>
    withPostgres(server, async (client) => {
      await client.query(`CREATE DATABASE ${name}`);
    }),
  cutConnections: (server, name) => withPostgres(server, (client) => cut(client, name)),
  drop: (server, name) =>
    withPostgres(server, async (client) => {
      await cut(client, name);
      await client.query(`DROP DATABASE ${name}`);
    }),
};

/** Not WITH (FORCE): only a superuser may end the server's own vacuuming, for which a plain DROP waits. */
async function cut(client: pg.Client, name: string): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = $1 AND usename = current_user`,
    [name],
  );
}

async function withMysql(
  server: string,
  work: (connection: mysql.Connection) => Promise<void>,
): Promise<void> {
  const connection = await mysql.createConnection(server);
  try {
    await work(connection);
  } finally {
    await connection.end();
  }
}

async function withPostgres(
  server: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const url = new URL(server);
  if (url.pathname.length <= 1) url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
