import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@crema/kit';
import Libsql from 'libsql';

/** Something about the place or the port that a person can put right. */
export class StartError extends Error {}

/** Another process has the folder: a Crema that is running. */
export class DataDirInUseError extends StartError {}

/** The secrets that stay on this machine; made on the first start. */
export interface Secrets {
  readonly callerSecret: string;
  readonly sealSecret: string;
}

export interface DataDir {
  readonly secrets: Secrets;
  /** `file:` URL of one subgraph's data, or of the event log. */
  urlOf(name: string): string;
  release(): void;
}

/** Takes the folder for this process alone; the system lets go of it when the process ends, however it ends. */
export function openDataDir(path: string, random: Random): DataDir {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new StartError(`DATA_DIR ${path} cannot be written: ${(error as Error).message}`);
  }
  const lock = takeLock(join(path, 'lock.db'));
  if (!lock) throw new DataDirInUseError(`DATA_DIR ${path} is in use by another Crema.`);
  return {
    secrets: secretsIn(path, random),
    urlOf: (name) => `file:${join(path, `${name}.db`)}`,
    release: () => lock.close(),
  };
}

/** Holds a file for this process until it is closed or the process ends; null where another one holds it. */
export function takeLock(file: string): Libsql.Database | null {
  const lock = new Libsql(file);
  try {
    lock.exec('PRAGMA busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    return null;
  }
}

function secretsIn(path: string, random: Random): Secrets {
  const file = join(path, 'secrets.json');
  if (!existsSync(file)) {
    const secret = () => Buffer.from(random.bytes(32)).toString('base64url');
    const secrets: Secrets = { callerSecret: secret(), sealSecret: secret() };
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}
