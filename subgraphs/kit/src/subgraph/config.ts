import { z } from 'zod';

/** The variables that a process is started with. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every wrong value at once, each by its name, for a person to read. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads a frozen typed object; an empty variable counts as absent. Throws ConfigError. */
export function readEnvironment<Shape extends z.ZodObject>(
  shape: Shape,
  env: Environment,
): Readonly<z.output<Shape>> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = shape.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  throw new ConfigError(
    result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  );
}

/** A whole number within bounds, from text. */
export const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${least} to ${most}` })
    .int(`must be a whole number from ${least} to ${most}`)
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** `true` or `false`, from text. */
export const truth = () =>
  z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .transform((text) => text === 'true');
