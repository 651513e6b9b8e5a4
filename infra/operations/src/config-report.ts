import {
  ConfigError,
  Configuration,
  masked,
  settingsOf,
  sourceSettings,
  vaultSettings,
  type Environment,
  type Setting,
  type Settings,
} from '@crema/config';
import { processSettings, readEnvironment } from '@crema/kit';
import { openRouterConfiguration, readRouterConfig, routerSettings } from '@crema/router';
import { openConfiguration, readSettings, standaloneSettings, subgraphs } from '@crema/standalone';
import type { z } from 'zod';

/** What a process is told, for a person to read. */
export interface ConfigReport {
  readonly lines: readonly string[];
  readonly isRight: boolean;
}

interface Process {
  readonly configuration: Configuration;
  readonly shapes: readonly z.ZodObject[];
  /** Throws ConfigError with every wrong value. */
  read(): unknown;
}

/** The processes whose settings can be shown. */
export const processNames: readonly string[] = [
  'standalone',
  'router',
  ...subgraphs.map(({ name }) => name),
];

/** Every setting of one process with its value, secrets masked, where it came from, and whether it is wrong. */
export async function reportOn(
  name: string,
  env: Environment,
  say: (line: string) => void,
): Promise<ConfigReport> {
  const problems = new Map<string, string>();
  const note = (error: unknown): void => {
    if (!(error instanceof ConfigError)) throw error;
    for (const { settings, message } of error.problems) {
      for (const setting of settings) problems.set(setting, message);
    }
  };
  try {
    const { configuration, shapes, read } = processOf(name, env);
    await askVault(configuration, say).catch(note);
    try {
      read();
    } catch (error) {
      note(error);
    }
    const all = [...shapes, sourceSettings, vaultSettings].flatMap(settingsOf);
    const settings = [...new Map(all.map((each) => [each.name, each])).values()];
    const rows = settings.map((each) => rowOf(each, configuration.settings, problems));
    const known = new Set(settings.map((each) => each.name));
    const others = [...problems].filter(([setting]) => !known.has(setting));
    const unknown = configuration.unknown.map(
      ({ name: each, origin }) => `${each} is no setting of ${name} (${origin}).`,
    );
    const lines = [...aligned(rows), ...others.map((each) => `${each.join(': ')}`), ...unknown];
    return { lines, isRight: problems.size === 0 };
  } catch (error) {
    note(error);
    return { lines: [...problems].map((each) => each.join(': ')), isRight: false };
  }
}

function processOf(name: string, env: Environment): Process {
  if (name === 'standalone') {
    const configuration = openConfiguration(env);
    const own = subgraphs.flatMap(({ settings }) => settings ?? []);
    const shapes = [standaloneSettings, ...own];
    return { configuration, shapes, read: () => readSettings(configuration) };
  }
  if (name === 'router') {
    const shapes = [routerSettings];
    const configuration = openRouterConfiguration([], env);
    return {
      configuration,
      shapes,
      read: () => configuration.read((values) => readRouterConfig([], values)),
    };
  }
  const definition = subgraphs.find((each) => each.name === name)!;
  const shapes = [processSettings, ...(definition.settings ? [definition.settings] : [])];
  const configuration = Configuration.open({ name, env, shapes });
  const readProcess = (values: Environment) => readEnvironment(processSettings, values);
  const read = () => configuration.read(readProcess, definition.readConfig);
  return { configuration, shapes, read };
}

/** Whoever looks waits no longer for Vault. */
const LONGEST_WAIT_MS = 15_000;

const askVault = (configuration: Configuration, say: (line: string) => void): Promise<void> =>
  configuration
    .askVault(
      (reason) => say(`Waiting for Vault: ${configuration.vault?.address} ${reason}.`),
      LONGEST_WAIT_MS,
    )
    .finally(() => configuration.vault?.close());

type Row = readonly [name: string, value: string, origin: string, problem: string];

function rowOf(
  { name, default: usual, isSecret }: Setting,
  settings: Settings,
  problems: ReadonlyMap<string, string>,
): Row {
  const given = settings.get(name);
  const message = problems.get(name);
  const wrong = message?.replace(` (${given?.origin})`, '');
  const problem = wrong === undefined ? '' : `WRONG: ${wrong}`;
  if (given) return [name, masked(given.value, isSecret), given.origin, problem];
  return [name, usual ?? '–', usual === null ? 'not set' : 'default', problem];
}

const LONGEST_VALUE = 60;

function aligned(rows: readonly Row[]): readonly string[] {
  const widest = (column: 0 | 1 | 2): number =>
    Math.min(Math.max(...rows.map((row) => row[column].length)), LONGEST_VALUE);
  return rows.map(([name, value, origin, problem]) =>
    [name.padEnd(widest(0)), value.padEnd(widest(1)), origin.padEnd(widest(2)), problem]
      .join('  ')
      .trimEnd(),
  );
}
