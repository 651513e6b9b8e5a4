import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cafes } from '@crema/cafes';
import {
  databaseUrlOf,
  openDatabase,
  openEventLog,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
  type Environment,
} from '@crema/kit';
import {
  DataDirInUseError,
  openDataDir,
  readConfig,
  takeLock,
  type DataDir,
} from '@crema/standalone';
import { cremaElsewhere } from './crema-elsewhere.ts';
import { withCremaHere } from './crema-here.ts';
import type { Crema } from './crema.ts';
import { ImportError } from './import-error.ts';

type Work<Result> = (crema: Crema) => Promise<Result>;

/**
 * Does the work on the Crema that the environment names: at EVENTS_URL, or in DATA_DIR, whether or not it is
 * running. One import at a time works there; one that only looks changes nothing.
 */
export function withCrema<Result>(
  env: Environment,
  { isDryRun }: { isDryRun: boolean },
  work: Work<Result>,
): Promise<Result> {
  const { EVENTS_URL } = env;
  if (EVENTS_URL) return isDryRun ? atLog(EVENTS_URL, work) : onServers(env, EVENTS_URL, work);
  const { dataDir, demo } = readConfig(env);
  return isDryRun ? lookingAt(dataDir, demo, env, work) : inDataDir(dataDir, demo, env, work);
}

/** SQLite and the log in a folder have one owner: a Crema that is running goes on being that. */
async function inDataDir<Result>(
  path: string,
  demo: boolean,
  env: Environment,
  work: Work<Result>,
): Promise<Result> {
  mkdirSync(path, { recursive: true });
  const lock = takeLock(join(path, 'import.db'));
  if (!lock) throw new ImportError(`Another import works on DATA_DIR ${path}: wait for its end.`);
  try {
    const dataDir = notInUse(path);
    if (!dataDir) {
      const place = `${path}, where Crema is running`;
      return await atLog(`file:${join(path, 'events.db')}`, work, place);
    }
    try {
      return await withCremaHere(dataDir, env, { place: path, demo }, work);
    } finally {
      dataDir.release();
    }
  } finally {
    lock.close();
  }
}

/** Null where a Crema is running. */
function notInUse(path: string): DataDir | null {
  try {
    return openDataDir(path, systemRandom);
  } catch (error) {
    if (error instanceof DataDirInUseError) return null;
    throw error;
  }
}

/** Reads the log alone; where there is none, what a first start would make is looked at, elsewhere. */
async function lookingAt<Result>(
  path: string,
  demo: boolean,
  env: Environment,
  work: Work<Result>,
): Promise<Result> {
  const log = join(path, 'events.db');
  if (existsSync(log)) return atLog(`file:${log}`, work, path);
  const scratch = mkdtempSync(join(tmpdir(), 'crema-dry-run-'));
  const dataDir = openDataDir(scratch, systemRandom);
  try {
    return await withCremaHere(dataDir, env, { place: path, demo }, work);
  } finally {
    dataDir.release();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The log knows no locks; the database of cafés keeps imports apart that come at once. */
async function onServers<Result>(
  { DATABASE_URL }: Environment,
  eventsUrl: string,
  work: Work<Result>,
): Promise<Result> {
  if (!DATABASE_URL) {
    throw new ImportError('Set DATABASE_URL as well: it keeps apart two imports at once.');
  }
  const database = await openDatabase({
    url: databaseUrlOf(DATABASE_URL, cafes.name),
    source: cafes.name,
    entities: cafes.entities,
    migrations: cafes.migrations,
    clock: systemClock,
    ids: uuidV7(systemClock, systemRandom),
    random: systemRandom,
  });
  try {
    return await database.exclusively('import:sales', () => atLog(eventsUrl, work));
  } finally {
    await database.close();
  }
}

async function atLog<Result>(
  url: string,
  work: Work<Result>,
  place = url.replace(/\/\/[^@/]*@/, '//'),
): Promise<Result> {
  const events = await openEventLog({ url, clock: systemClock, log: silentLogger });
  try {
    return await work(cremaElsewhere(place, events));
  } finally {
    await events.close();
  }
}
