import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, isRoot, portOf, programPath, run } from './programs.ts';
import { SERVICES_FOLDER } from './running.ts';
import type { Server, User } from './server.ts';

const port = portOf('postgres', 45432);
const url = `postgres://crema:crema@127.0.0.1:${port}`;
const socketFolder = '/tmp';

// PostgreSQL refuses root, and the user that it runs as instead cannot look into root's folders.
const dataFolder = isRoot ? `/var/lib/postgresql/crema-${port}` : join(SERVICES_FOLDER, 'postgres');

/** PostgreSQL, of whichever version Debian has. */
export const postgres: Server = {
  name: 'postgres',
  port,
  url,
  program: 'postgres',
  stopSignal: 'SIGINT',
  dataFolder,

  missing: () =>
    findProgram('postgres', debianFolders()) ? [] : [{ what: 'PostgreSQL', debian: 'postgresql' }],

  prepare() {
    const user = serverUser();
    if (user) run(programPath('install'), ['-d', '-o', 'postgres', '-m', '700', dataFolder]);
    else mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    const args = ['-D', dataFolder, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'];
    run(program('initdb'), [...args, '--auth-local=trust', '--auth-host=scram-sha-256'], { user });
  },

  command: () => ({
    program: program('postgres'),
    args: [
      ...['-D', dataFolder, '-p', String(port), '-k', socketFolder],
      ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    user: serverUser(),
  }),

  async probe() {
    sql('SELECT 1');
  },

  provide(databases) {
    const has = (query: string) => sql(query).trim() !== '';
    if (!has(`SELECT 1 FROM pg_roles WHERE rolname = 'crema'`)) {
      sql(`CREATE ROLE crema LOGIN CREATEDB PASSWORD 'crema'`);
    }
    // Clients that name no database mean the one that is called as the user is.
    for (const database of ['crema', ...databases]) {
      if (has(`SELECT 1 FROM pg_database WHERE datname = '${database}'`)) continue;
      sql(`CREATE DATABASE "${database}" OWNER crema`);
    }
  },
};

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: 400,
  shared_buffers: '128MB',
  // A commit is with the operating system before it is answered: it survives the end of the server, though not of the machine.
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'on',
};

/** Runs one statement as the superuser, over the socket. */
const sql = (statement: string): string =>
  run(program('psql'), [
    ...['-h', socketFolder, '-p', String(port), '-U', 'postgres', '-d', 'postgres'],
    ...['--no-psqlrc', '--quiet', '--tuples-only', '-v', 'ON_ERROR_STOP=1', '-c', statement],
  ]);

const program = (name: string): string => programPath(name, debianFolders());

/** Debian keeps the programs of each version apart; the newest first. */
function debianFolders(): readonly string[] {
  const versions = '/usr/lib/postgresql';
  try {
    return readdirSync(versions)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(versions, version, 'bin'));
  } catch {
    return [];
  }
}

function serverUser(): User | undefined {
  if (!isRoot) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
