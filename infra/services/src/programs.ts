import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { User } from './server.ts';

/** Where programs that no Debian package brings are kept; it survives the removal of all data. */
export const CACHE_FOLDER =
  process.env['SERVICES_CACHE'] ||
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'crema/services');

/** The path of an installed program; Debian keeps servers where only root's PATH leads. */
export function findProgram(name: string, more: readonly string[] = []): string | undefined {
  const folders = [...more, ...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** As {@link findProgram}, for what `missing` has found before. */
export function programPath(name: string, more?: readonly string[]): string {
  const path = findProgram(name, more);
  if (path === undefined) throw new Error(`${name} is not installed.`);
  return path;
}

/** Runs a program to its end and gives what it printed; what it complained about is in the error. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly user?: User; readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): string {
  return execFileSync(program, args, {
    ...options.user,
    input: options.input ?? '',
    env: { ...process.env, ...options.env },
    // The folder that we are in may be closed to the other user.
    cwd: options.user ? '/' : undefined,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 60_000,
  });
}

/** Who starts the servers is root, so that some need a user of their own or be told. */
export const isRoot = process.getuid?.() === 0;

/** The port of a server: SERVICES_MYSQL_PORT, or its own one, away from the server's usual port. */
export function portOf(name: string, otherwise: number): number {
  return Number(process.env[`SERVICES_${name.toUpperCase()}_PORT`] || otherwise);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
