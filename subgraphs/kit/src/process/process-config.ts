import { z } from 'zod';
import {
  logLevel,
  readEnvironment,
  secretText,
  truth,
  wholeNumber,
  type Environment,
} from '@crema/config';

const url = (schemes: readonly string[], example: string) =>
  z
    .string()
    .refine((text) => schemes.includes(text.split(':')[0]!), `must be ${example}`)
    .optional();

/** What a process needs before it can be told anything else. */
export const startSettings = z.object({
  PORT: wholeNumber(0, 65_535)
    .default(4001)
    .describe('The port of a subgraph; 0 takes a free one.'),
  HOST: z.string().default('127.0.0.1').describe('The address where it listens.'),
  LOG_LEVEL: logLevel().default('info').describe('debug, info, warn, error or silent; JSON lines.'),
  START_TIMEOUT_S: wholeNumber(0, 86_400)
    .default(0)
    .describe('How long to wait for a server that is missing before giving up; 0 waits forever.'),
  DRAIN_GRACE_MS: wholeNumber(0, 60_000)
    .default(1_000)
    .describe(
      'How long a process that ends still takes requests, until all others know that it ends.',
    ),
});

/** The settings of every subgraph's process, besides the subgraph's own. */
export const processSettings = startSettings.extend({
  DATA_DIR: z.string().default('.data').describe('Where files are, and the secrets that are made.'),
  DATABASE_URL: url(
    ['file', 'mysql', 'postgres', 'postgresql'],
    'file:PATH, mysql://HOST or postgres://HOST',
  ).describe('file:PATH, mysql://HOST or postgres://HOST; a file in DATA_DIR without it.'),
  DOCUMENTS_URL: url(['file', 'mongodb', 'mongodb+srv'], 'file:PATH or mongodb://HOST').describe(
    'file:PATH or mongodb://HOST; a file in DATA_DIR without it.',
  ),
  EVENTS_URL: url(['file', 'kafka'], 'file:PATH or kafka://HOST,HOST').describe(
    'file:PATH or kafka://HOST,HOST; a file in DATA_DIR without it.',
  ),
  CACHE_URL: url(['memory', 'redis', 'rediss'], 'memory: or redis://HOST')
    .default('memory:')
    .describe('memory: or redis://HOST.'),
  CALLER_SECRET: secretText('must be set, the same for the router and all subgraphs').meta({
    description: 'The router signs with it who asks; subgraphs refuse requests without it.',
    secret: true,
  }),
  DEMO: truth().default(false).describe('Loads the demo data once.'),
});

/** What every subgraph's process is told; the subgraph reads its own variables besides. */
export type ProcessConfig = Readonly<z.output<typeof processSettings>>;

/** Throws ConfigError with every wrong value. */
export const readProcessConfig = (env: Environment): ProcessConfig =>
  readEnvironment(processSettings, env);
