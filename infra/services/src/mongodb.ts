import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CACHE_FOLDER, debianPackage, findProgram, portOf } from './programs.ts';
import { SERVICES_FOLDER } from './running.ts';
import type { Server } from './server.ts';

const port = portOf('mongodb', 47017);
const url = `mongodb://127.0.0.1:${port}`;
const VERSION = '1.24.0';
const dataFolder = join(SERVICES_FOLDER, 'mongodb');
const binary = join(CACHE_FOLDER, `ferretdb-${VERSION}`, 'ferretdb');
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
    const go = findProgram('go') ? [] : [debianPackage('Go 1.22 or newer', 'golang-go')];
    const build = ['go', 'build', '-C', source, '-tags', 'ferretdb_no_postgresql'];
    return [...go, { what: `FerretDB ${VERSION}`, install: [[...build, '-o', binary, '.']] }];
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
