import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CACHE_FOLDER, findProgram, portOf } from './programs.ts';
import { SERVICES_FOLDER } from './running.ts';
import type { Missing, Server } from './server.ts';

const port = portOf('mongodb', 47017);
const url = `mongodb://127.0.0.1:${port}`;
const VERSION = '1.24.0';
const dataFolder = join(SERVICES_FOLDER, 'mongodb');
const binary = join(CACHE_FOLDER, `ferretdb-${VERSION}-repaired`, 'ferretdb');
const source = resolve(import.meta.dirname, '../ferretdb');

/** FerretDB, which speaks MongoDB's protocol and keeps its data in SQLite files. */
export const mongodb: Server = {
  name: 'mongodb',
  port,
  url,
  program: 'ferretdb',
  stopSignal: 'SIGTERM',
  dataFolder,

  missing() {
    if (existsSync(binary)) return [];
    const go: Missing = { what: 'Go 1.22 or newer', debian: 'golang-go' };
    const build = ['go', 'run', '-C', source, './build', binary];
    return [...(findProgram('go') ? [] : [go]), { what: `FerretDB ${VERSION}`, command: build }];
  },

  prepare() {
    mkdirSync(dataFolder, { recursive: true });
  },

  command: () => ({
    program: binary,
    args: [`127.0.0.1:${port}`, dataFolder],
  }),

  async probe() {
    const { createConnection } = await import('mongoose');
    const connection = createConnection(url, { serverSelectionTimeoutMS: 2_000 });
    try {
      await connection.asPromise();
      await connection.db?.command({ ping: 1 });
    } finally {
      await connection.close();
    }
  },
};
