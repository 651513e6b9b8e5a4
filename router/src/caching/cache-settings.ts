import { secretText, truth, wholeNumber } from '@crema/config';
import { z } from 'zod';
import type { CacheOptions } from './open-cache.ts';

const MEBIBYTE = 1024 * 1024;

/** What is cached of subgraphs' answers. */
export const cacheSettings = z.object({
  RESPONSE_CACHE: truth()
    .default(false)
    .describe('Whether answers of subgraphs are kept as their Cache-Control says.'),
  RESPONSE_CACHE_MB: wholeNumber(1, 100_000)
    .default(64)
    .describe('How many MiB of answers are kept in memory, where there is no Redis.'),
  RESPONSE_CACHE_TOLD: truth()
    .optional()
    .describe('Whether extensions.cache tells what came from the cache. True in development.'),
  RESPONSE_CACHE_TOKEN: secretText('must be a secret of at least 32 characters').optional().meta({
    description: 'Whoever has it may POST /cache/invalidate; without it nobody may.',
    secret: true,
  }),
});

/** The cache that these settings stand for, as `RouterOptions` has it; undefined where there is none. */
export function cacheOf(settings: z.output<typeof cacheSettings>): CacheOptions | undefined {
  if (!settings.RESPONSE_CACHE) return undefined;
  return {
    maxBytes: settings.RESPONSE_CACHE_MB * MEBIBYTE,
    isTold: settings.RESPONSE_CACHE_TOLD,
    invalidationToken: settings.RESPONSE_CACHE_TOKEN,
  };
}
