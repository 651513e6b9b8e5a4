import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { list } from './declare.ts';
import { readEnvFile } from './env-file.ts';
import { settingsFrom, type Environment, type Settings } from './settings.ts';

/** Where settings come from, besides Vault. */
export const sourceSettings = z.object({
  CONFIG_FILE: z
    .string()
    .optional()
    .describe(
      'A file of settings, NAME=VALUE a line; npm start and npm run distributed read .env without it.',
    ),
  REQUIRED_SETTINGS: list()
    .default([])
    .describe(
      'Settings without which the process must not start though it could, separated by commas.',
    ),
});

/** What a process is given at its start. The environment goes before Vault, and Vault before the file. */
export interface Sources {
  readonly file: Settings;
  readonly environment: Settings;
}

/** Reads the settings in a file; `named` is what told of the file. Throws ConfigError. */
export type ReadFile = (path: string, named: string) => Settings;

/** Which file is read, and how. */
export interface FileOptions {
  /** The file that is read, if it exists, where CONFIG_FILE names no other. */
  readonly defaultFile?: string | undefined;
  /** How files are read that are not lines of settings, by how their names end, as in `.yaml`. */
  readonly formats?: Readonly<Record<string, ReadFile>> | undefined;
}

/** Reads the file that CONFIG_FILE names, or the default one if it exists. Throws ConfigError. */
export function readSources(
  env: Environment,
  { defaultFile, formats = {} }: FileOptions = {},
): Sources {
  const environment = settingsFrom(env, () => 'environment');
  const named = env['CONFIG_FILE'];
  const path = named || (defaultFile && existsSync(defaultFile) ? defaultFile : null);
  if (!path) return { environment, file: new Map() };
  const read = formats[extname(path)] ?? readEnvFile;
  return { environment, file: read(path, 'CONFIG_FILE') };
}

/** Throws ConfigError for everything that REQUIRED_SETTINGS names and nobody gave. */
export function demandRequired(env: Environment): void {
  const names = sourceSettings.shape.REQUIRED_SETTINGS.parse(env['REQUIRED_SETTINGS'] || undefined);
  const problems = names
    .filter((name) => !env[name])
    .map((name) => ({ settings: [name], message: 'must be set: REQUIRED_SETTINGS names it' }));
  if (problems.length > 0) throw new ConfigError(problems);
}
