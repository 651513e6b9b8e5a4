import { z } from 'zod';
import { readEnvironment, truth, wholeNumber, type Environment } from '../subgraph/config.ts';

const url = (schemes: readonly string[], example: string) =>
  z
    .string()
    .refine((text) => schemes.includes(text.split(':')[0]!), `must be ${example}`)
    .optional();

const shape = z.object({
  PORT: wholeNumber(0, 65_535).default(4001),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url(
    ['file', 'mysql', 'postgres', 'postgresql'],
    'file:PATH, mysql://HOST or postgres://HOST',
  ),
  DOCUMENTS_URL: url(['file', 'mongodb', 'mongodb+srv'], 'file:PATH or mongodb://HOST'),
  EVENTS_URL: url(['file', 'kafka'], 'file:PATH or kafka://HOST,HOST'),
  CACHE_URL: url(['memory', 'redis', 'rediss'], 'memory: or redis://HOST').default('memory:'),
  CALLER_SECRET: z
    .string({ error: 'must be set, the same for the router and all subgraphs' })
    .min(32, 'must have at least 32 characters'),
  DEMO: truth().default(false),
  START_TIMEOUT_S: wholeNumber(0, 86_400).default(0),
  DRAIN_GRACE_MS: wholeNumber(0, 60_000).default(1_000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** What every subgraph's process is told; the subgraph reads its own variables besides. */
export type ProcessConfig = Readonly<z.output<typeof shape>>;

/** Throws ConfigError with every wrong value. */
export const readProcessConfig = (env: Environment): ProcessConfig => readEnvironment(shape, env);
