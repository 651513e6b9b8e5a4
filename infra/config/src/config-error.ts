import type { Environment, Settings } from './settings.ts';

/** A setting that cannot be used. */
export interface Problem {
  /** Its name, or the names of several that do not go together. */
  readonly settings: readonly string[];
  /** What is expected, to be read after the name. Never the value. */
  readonly message: string;
}

/** Every wrong setting at once, each by its name, for a person to read. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ settings, message }) => `${settings.join(', ')}: ${message}`).join('\n'));
    this.name = 'ConfigError';
  }

  /** A line for each problem. */
  get lines(): readonly string[] {
    return this.message.split('\n');
  }
}

/** Reads settings; throws ConfigError with every wrong one. */
export type Read = (env: Environment) => unknown;

/**
 * Runs every read on the settings and gives their results. Throws one ConfigError with all that any of them
 * finds wrong, and where each wrong value came from.
 */
export function readTogether<const Reads extends readonly Read[]>(
  settings: Settings,
  reads: Reads,
): { [Index in keyof Reads]: ReturnType<Reads[Index]> } {
  const env = valuesOf(settings);
  const problems: Problem[] = [];
  const results = reads.map((read) => {
    try {
      return read(env);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  });
  if (problems.length > 0)
    throw new ConfigError(distinct(problems.map((each) => placed(each, settings))));
  return results as never;
}

export const valuesOf = (settings: Settings): Environment =>
  Object.fromEntries([...settings].map(([name, { value }]) => [name, value]));

/** The problem with where its values came from; what was not set came from nowhere. */
function placed({ settings: names, message }: Problem, settings: Settings): Problem {
  const origins = names.flatMap((name) => settings.get(name)?.origin ?? []);
  const where = [...new Set(origins)].join(', ');
  return { settings: names, message: where ? `${message} (${where})` : message };
}

/** Of each setting the first that is wrong with it: the rest often follows from it. */
const distinct = (problems: readonly Problem[]): readonly Problem[] =>
  [
    ...new Map(problems.toReversed().map((each) => [each.settings.join(), each])).values(),
  ].toReversed();
