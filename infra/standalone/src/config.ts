import { resolve } from 'node:path';
import { readEnvironment, truth, wholeNumber, type Environment, type LogLevel } from '@crema/kit';
import { z } from 'zod';

const shape = z.object({
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], {
      error: 'must be development, production or test',
    })
    .default('development'),
  DEMO: truth().optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('warn'),
  CORS_ORIGINS: z.string().optional(),
});

export interface StandaloneConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly mode: 'development' | 'production';
  readonly demo: boolean;
  readonly logLevel: LogLevel;
  readonly corsOrigins: readonly string[] | undefined;
}

/** Reads what concerns the whole; each subgraph reads its own. Throws ConfigError with every wrong value. */
export function readConfig(env: Environment): StandaloneConfig {
  const values = readEnvironment(shape, env);
  const mode = values.NODE_ENV === 'production' ? 'production' : 'development';
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.DATA_DIR),
    mode,
    demo: values.DEMO ?? mode === 'development',
    logLevel: values.LOG_LEVEL,
    corsOrigins: values.CORS_ORIGINS?.split(',').map((origin) => origin.trim()),
  });
}
