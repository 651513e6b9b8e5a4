import { resolve } from 'node:path';
import { logLevel, oneOf } from '@crema/config';
import {
  readEnvironment,
  secretText,
  truth,
  wholeNumber,
  type Environment,
  type LogLevel,
} from '@crema/kit';
import {
  customizationSettings,
  engineSettings,
  protectionOf,
  protectionSettings,
  cacheOf,
  cacheSettings,
  metricsOf,
  metricsSettings,
  resilienceOf,
  resilienceSettings,
  subscriptionsOf,
  subscriptionSettings,
  type EngineName,
  type PlannerName,
  type Protection,
  type CacheOptions,
  type MetricsOptions,
  type HeaderRulesGiven,
  type ResilienceOptions,
} from '@crema/router';
import { z } from 'zod';

/** The settings of all in one process, besides those of each subgraph. */
export const standaloneSettings = z
  .object({
    PORT: wholeNumber(0, 65_535).default(4000).describe('Where it listens; 0 takes a free port.'),
    HOST: z.string().default('127.0.0.1').describe('The address where it listens.'),
    DATA_DIR: z
      .string()
      .default('.data')
      .describe('Where everything is kept, the secrets made on the first start included.'),
    NODE_ENV: oneOf('development', 'production', 'test')
      .default('development')
      .describe('production: no IDE, no outbox page, no introspection, Secure cookies.'),
    DEMO: truth()
      .optional()
      .describe('Loads cafés, a menu and four people once. True except in production.'),
    LOG_LEVEL: logLevel()
      .default('warn')
      .describe('debug, info, warn, error or silent; JSON lines on standard error.'),
    CORS_ORIGINS: z
      .string()
      .optional()
      .describe(
        'Pages that may call, separated by commas. Localhost in development, none in production.',
      ),
    START_TIMEOUT_S: wholeNumber(0, 86_400)
      .default(0)
      .describe('How long to wait for a server that is missing before giving up; 0 waits forever.'),
    CALLER_SECRET: secretText('must be set').optional().meta({
      description: 'The router signs with it who asks; subgraphs refuse requests without it.',
      secret: true,
    }),
  })
  .extend(engineSettings.shape)
  .extend(protectionSettings.shape)
  .extend(resilienceSettings.shape)
  .extend(subscriptionSettings.shape)
  .extend(cacheSettings.shape)
  .extend(metricsSettings.shape)
  .extend(customizationSettings.shape);

export interface StandaloneConfig {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly mode: 'development' | 'production';
  readonly demo: boolean;
  readonly logLevel: LogLevel;
  readonly corsOrigins: readonly string[] | undefined;
  readonly planner: PlannerName;
  readonly engine: EngineName;
  /** Labels of progressive overrides that are on. */
  readonly overrideLabels: readonly string[];
  /** The limits of the router. */
  readonly protection: Protection;
  /** How the router shares subscriptions. */
  readonly subscriptions: ReturnType<typeof subscriptionsOf>;
  /** How the router treats subgraphs that fail, and queries that are equal. */
  readonly resilience: ResilienceOptions;
  /** What the router keeps of subgraphs' answers; undefined where it keeps none. */
  readonly cache: CacheOptions | undefined;
  /** Who may see what the router counts. */
  readonly metrics: MetricsOptions;
  /** Which headers the router passes on, beside those that always are. */
  readonly headers: HeaderRulesGiven;
  /** The module with functions that the router calls on the way of each request. */
  readonly hooks: string | undefined;
  /** The file of the operations that clients may ask for by id. */
  readonly persistedOperations: string | undefined;
  /** Undefined where the data folder has one of its own. */
  readonly callerSecret: string | undefined;
}

/** Reads what concerns the whole; each subgraph reads its own. Throws ConfigError with every wrong value. */
export function readConfig(env: Environment): StandaloneConfig {
  const values = readEnvironment(standaloneSettings, env);
  const mode = values.NODE_ENV === 'production' ? 'production' : 'development';
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.DATA_DIR),
    mode,
    demo: values.DEMO ?? mode === 'development',
    logLevel: values.LOG_LEVEL,
    planner: values.PLANNER,
    engine: values.ENGINE,
    overrideLabels: values.OVERRIDE_LABELS,
    protection: protectionOf(values, mode === 'production'),
    resilience: resilienceOf(values),
    subscriptions: subscriptionsOf(values),
    cache: cacheOf(values),
    metrics: metricsOf(values),
    headers: values.HEADERS ?? {},
    hooks: values.HOOKS,
    persistedOperations: values.PERSISTED_OPERATIONS,
    corsOrigins: values.CORS_ORIGINS?.split(',').map((origin) => origin.trim()),
    callerSecret: values.CALLER_SECRET,
  });
}

/** What subgraphs are told: the settings, and what follows from all being one. */
export const subgraphEnvironment = (
  { mode }: Pick<StandaloneConfig, 'mode'>,
  sealSecret: string,
  env: Environment,
): Environment => ({
  // Browsers keep Secure cookies of http://localhost, but not of another plain address.
  COOKIE_SECURE: String(mode === 'production'),
  DEV_OUTBOX: String(mode === 'development'),
  ...env,
  SEAL_SECRET: env['SEAL_SECRET'] || sealSecret,
});
