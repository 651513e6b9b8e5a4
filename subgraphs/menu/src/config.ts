import { readEnvironment, wholeNumber, type Environment } from '@crema/kit';
import { z } from 'zod';

export const settings = z.object({
  MENU_FRESH_MS: wholeNumber(0, 1_000)
    .default(500)
    .describe('How long a menu in memory is taken for current before its version is asked for.'),
});

export type MenuConfig = z.output<typeof settings>;

export const readConfig = (env: Environment): MenuConfig => readEnvironment(settings, env);
