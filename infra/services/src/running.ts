import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const SERVICE_NAMES = ['mysql', 'postgres', 'redis', 'kafka', 'mongodb'] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** What `services up` leaves behind of a server that it started. */
export interface Running {
  readonly pid: number;
  /** A word of its command line, which tells it from another process that has got the same id since. */
  readonly program: string;
  readonly url: string;
}

/** Where the servers keep their data, their logs and what is known of them. */
export const SERVICES_FOLDER = resolve(
  process.env['SERVICES_DATA'] || join(import.meta.dirname, '../../../.data/services'),
);

/** The file that says that a server runs. */
export const runningFile = (name: ServiceName): string => join(SERVICES_FOLDER, `${name}.json`);

/** The server that `services up` started, if it still runs. */
export function runningService(name: ServiceName): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(runningFile(name), 'utf8')) as Running;
    // A process that has ended, or waits for nobody but its parent, has no command line.
    const commandLine = readFileSync(`/proc/${running.pid}/cmdline`, 'utf8');
    return commandLine.includes(running.program) ? running : undefined;
  } catch {
    return undefined;
  }
}

/** The variable that names a server for tests: TEST_MYSQL_URL. */
export const testVariable = (name: ServiceName): string => `TEST_${name.toUpperCase()}_URL`;

/** Where tests find a server: what the environment says, else the one that `services up` left running. */
export function serviceUrl(name: ServiceName): string | undefined {
  return process.env[testVariable(name)] || runningService(name)?.url;
}
