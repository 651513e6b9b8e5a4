import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, Configuration, type Environment } from '@crema/config';
import {
  databaseUrlOf,
  openDatabase,
  openDocuments,
  openEventLog,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
  type Database,
  type Documents,
  type EventLog,
  type RelationalDefinition,
} from '@crema/kit';

/** Ends the command with one line and code 1. */
export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** What the environment says, and .env or CONFIG_FILE where it says nothing; ends the command when that cannot be read. */
export const env: Environment = settingsOf(process.env);

function settingsOf(environment: Environment): Environment {
  try {
    const options = { name: 'operations', env: environment, defaultFile: '.env', shapes: [] };
    return Configuration.open(options).values;
  } catch (error) {
    return fail(error instanceof ConfigError ? error.message : String(error));
  }
}

/** `file:` URL of a file that Crema has made under DATA_DIR; fails where Crema never ran. */
function existing(name: string): string {
  const path = join(resolve(env['DATA_DIR'] || '.data'), `${name}.db`);
  if (!existsSync(path)) fail(`There is no ${path}; set DATA_DIR to where Crema keeps its data.`);
  return `file:${path}`;
}

/** The data of one subgraph, at DATABASE_URL or under DATA_DIR, whether or not Crema is running. */
export const openExisting = <Config>(
  definition: RelationalDefinition<Config>,
  url = env['DATABASE_URL'],
): Promise<Database> =>
  openDatabase({
    url: url ? databaseUrlOf(url, definition.name) : existing(definition.name),
    source: definition.name,
    entities: definition.entities,
    migrations: definition.migrations,
    clock: systemClock,
    ids: uuidV7(systemClock, systemRandom),
    random: systemRandom,
  });

/** The documents of one subgraph, at DOCUMENTS_URL or under DATA_DIR, whether or not Crema is running. */
export const openExistingDocuments = (
  name: string,
  url = env['DOCUMENTS_URL'],
): Promise<Documents> =>
  openDocuments({ url: url ? databaseUrlOf(url, name) : existing(name), clock: systemClock });

/** The event log, at EVENTS_URL or under DATA_DIR, whether or not Crema is running. */
export const openExistingEvents = (): Promise<EventLog> =>
  openEventLog({
    url: env['EVENTS_URL'] || existing('events'),
    clock: systemClock,
    log: silentLogger,
  });
