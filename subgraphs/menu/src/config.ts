import { readEnvironment, wholeNumber, type Environment } from '@crema/kit';
import { z } from 'zod';

export const settings = z.object({
  /** How long the menu in memory is taken for current before the database is asked for its version. */
  MENU_FRESH_MS: wholeNumber(0, 1_000).default(500),
});

export type MenuConfig = z.output<typeof settings>;

export const readConfig = (env: Environment): MenuConfig => readEnvironment(settings, env);
