import type { z } from 'zod';
import { ConfigError } from './config-error.ts';
import type { Environment } from './settings.ts';

/** Reads a frozen typed object; an empty variable counts as absent. Throws ConfigError with every wrong value. */
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
    result.error.issues.map(({ path, message }) => ({ settings: [String(path[0])], message })),
  );
}
