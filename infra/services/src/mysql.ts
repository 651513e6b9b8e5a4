import { join } from 'node:path';
import { findProgram, isRoot, portOf, programPath, run } from './programs.ts';
import { SERVICES_FOLDER } from './running.ts';
import type { Server } from './server.ts';

const port = portOf('mysql', 43306);
const url = `mysql://crema:crema@127.0.0.1:${port}`;
const dataFolder = join(SERVICES_FOLDER, 'mysql');
// A socket's path has at most 107 characters, which a folder deep down exceeds.
const socket = `/tmp/crema-mysql-${port}.sock`;
const asRoot = isRoot ? ['--user=root'] : [];

/** MariaDB, which speaks MySQL's protocol and comes with Debian. */
export const mysql: Server = {
  name: 'mysql',
  port,
  url,
  program: 'mariadbd',
  stopSignal: 'SIGTERM',
  dataFolder,

  missing: () => (findProgram('mariadbd') ? [] : [{ what: 'MariaDB', debian: 'mariadb-server' }]),

  prepare() {
    run(programPath('mariadb-install-db'), [
      '--no-defaults',
      ...asRoot,
      `--datadir=${dataFolder}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
  },

  command: () => ({
    program: programPath('mariadbd'),
    args: [
      '--no-defaults',
      ...asRoot,
      `--datadir=${dataFolder}`,
      `--socket=${socket}`,
      `--pid-file=${join(dataFolder, 'mariadbd.pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_ci',
      '--max-connections=500',
      '--innodb-buffer-pool-size=128M',
      '--performance-schema=OFF',
      '--skip-name-resolve',
      // A commit survives the end of the server, though not of the machine.
      '--innodb-flush-log-at-trx-commit=2',
    ],
  }),

  async probe() {
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection({
      socketPath: socket,
      user: 'root',
      connectTimeout: 2_000,
    });
    await connection.query('SELECT 1');
    await connection.end();
  },

  provide(databases) {
    // The user makes and drops databases as tests need them.
    const user = [
      `CREATE USER IF NOT EXISTS 'crema'@'%' IDENTIFIED BY 'crema';`,
      `GRANT ALL PRIVILEGES ON *.* TO 'crema'@'%' WITH GRANT OPTION;`,
    ];
    const each = databases.map((database) => `CREATE DATABASE IF NOT EXISTS \`${database}\`;`);
    run(programPath('mariadb'), ['--no-defaults', `--socket=${socket}`, '--user=root'], {
      input: [...user, ...each].join('\n'),
    });
  },
};
