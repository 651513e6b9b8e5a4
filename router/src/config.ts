import { parseArgs } from 'node:util';
import {
  ConfigError,
  Configuration,
  list,
  logLevel,
  oneOf,
  readEnvironment,
  secretText,
  settingsFrom,
  structured,
  truth,
  wholeNumber,
  type Environment,
  type Problem,
  type Settings,
} from '@crema/config';
import { z } from 'zod';
import { cacheSettings } from './caching/cache-settings.ts';
import { invalidationSettings } from './caching/invalidation-settings.ts';
import { readInstances, type Instances } from './instances.ts';
import { metricsSettings } from './metrics/metrics-settings.ts';
import { protectionProblems, protectionSettings } from './protection/protection-settings.ts';
import { engineSettings } from './planning/engine-settings.ts';
import { subscriptionSettings } from './subscriptions/subscription-settings.ts';
import { readRouterYaml } from './configuration/router-yaml.ts';
import { customizationSettings } from './configuration/customization-settings.ts';
import { resilienceSettings, subgraphResilience } from './resilience/resilience-settings.ts';

/** Everything the router's process can be told, from options and settings. */
export type Config = Readonly<z.output<typeof routerSettings>> & {
  /** The URLs of subgraphs that are not, or not only, where the supergraph says. */
  readonly instances: Instances;
};

const isHttpUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const origins = list().refine(
  (all) => all.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
  'must be origins such as https://shop.example, separated by commas',
);

/** What the router needs before Vault can be asked for the rest. */
export const startSettings = z.object({
  LOG_LEVEL: logLevel().default('info').describe('debug, info, warn, error or silent; JSON lines.'),
  START_TIMEOUT_S: wholeNumber(0, 86_400)
    .default(0)
    .describe('How long to wait for Vault before giving up; 0 waits forever.'),
});

/** What may be told of one subgraph. */
const subgraph = subgraphResilience.extend({
  url: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('Where its instances are; the supergraph says it without it.'),
});

/** All settings of the router's process but where subgraphs are. */
export const routerSettings = startSettings
  .extend({
    SUPERGRAPH: z
      .string({ error: 'must be set, or --supergraph: the file or URL of a supergraph schema' })
      .meta({ isPath: true })
      .describe('The file or URL of the supergraph.'),
    RELOAD_POLL_S: wholeNumber(0, 86_400)
      .default(10)
      .describe('How often the supergraph is looked for anew, give or take a tenth; 0 for never.'),
    RELOAD_TOKEN: secretText('must be set').optional().meta({
      description: 'Who brings it may replace the supergraph by POST /supergraph; else nobody may.',
      secret: true,
    }),
    SUBGRAPHS: structured(z.record(z.string(), subgraph))
      .optional()
      .describe('What differs for single subgraphs, by name, as JSON; subgraphs of router.yaml.'),
    PORT: wholeNumber(0, 65_535).default(4000).describe('Where it listens; 0 takes a free port.'),
    HOST: z.string().optional().describe('The address where it listens; all without it.'),
    NODE_ENV: oneOf('development', 'production', 'test')
      .default('development')
      .describe('production: no IDE and no introspection.'),
    JWKS_URL: list()
      .refine((urls) => urls.length > 0 && urls.every(isHttpUrl), {
        error: 'must be an http or https URL, or several separated by commas',
      })
      .optional()
      .describe(
        'Where the keys that sign access tokens are; with it the issuer and the audience are required.',
      ),
    JWT_ISSUER: z.string().optional().describe('The `iss` of tokens that are believed.'),
    JWT_AUDIENCE: z.string().optional().describe('The `aud` of tokens that are believed.'),
    JWT_ALGORITHMS: list()
      .refine((names) => names.every((name) => ASYMMETRIC.has(name)), {
        error: 'must name algorithms with public keys, such as EdDSA, ES256, RS256',
      })
      .default(['EdDSA'])
      .describe('Their algorithms, separated by commas.'),
    CALLER_SECRET: secretText('must be set').optional().meta({
      description: 'The router signs with it who asks; subgraphs refuse requests without it.',
      secret: true,
    }),
    CORS_ORIGINS: origins
      .optional()
      .describe(
        'Pages that may call, separated by commas. Localhost in development, none in production.',
      ),
    TRUST_PROXY: z
      .union([wholeNumber(0, 10), truth().transform(Number)], {
        error: 'must be a whole number from 0 to 10, true or false',
      })
      .default(0)
      .describe("How many proxies in front may be believed about the client's address."),
    INTROSPECTION: truth().optional().describe('True except in production.'),
    MAX_BODY_BYTES: wholeNumber(1_024, 100 * 1_024 * 1_024)
      .default(256 * 1_024)
      .describe('No longer request is read.'),
    CACHE_URL: z
      .string()
      .regex(/^(memory:|rediss?:\/\/)/, 'must be memory: or redis://HOST')
      .default('memory:')
      .describe('memory:, or redis://HOST for what replicas share.'),
  })
  .extend(engineSettings.shape)
  .extend(protectionSettings.shape)
  .extend(resilienceSettings.shape)
  .extend(subscriptionSettings.shape)
  .extend(cacheSettings.shape)
  .extend(invalidationSettings.shape)
  .extend(metricsSettings.shape)
  .extend(customizationSettings.shape)
  .superRefine((config, context) => {
    for (const [name, message] of protectionProblems(config)) {
      context.addIssue({ code: 'custom', path: [name], message });
    }
    if (config.JWKS_URL === undefined) return;
    for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'] as const) {
      if (config[name] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [name], message: 'must be set with JWKS_URL' });
    }
  });

/** Algorithms whose verification needs no secret; with the others a public key could sign. */
const ASYMMETRIC = new Set([
  ...['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512'],
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
]);

/** The options of the command line and the variables that they stand for. */
const OPTIONS = {
  config: 'CONFIG_FILE',
  supergraph: 'SUPERGRAPH',
  port: 'PORT',
  host: 'HOST',
  'jwks-url': 'JWKS_URL',
  'jwt-issuer': 'JWT_ISSUER',
  'jwt-audience': 'JWT_AUDIENCE',
  'cors-origins': 'CORS_ORIGINS',
  'trust-proxy': 'TRUST_PROXY',
  introspection: 'INTROSPECTION',
  planner: 'PLANNER',
  engine: 'ENGINE',
} as const;

const SUBGRAPH_OPTION = 'subgraph';

/** The settings that the command line gives. What is wrong with it `readConfig` tells. */
const optionsIn = (argv: readonly string[]): Settings =>
  settingsFrom(readOptions(argv).values, (name) => `--${optionOf(name)}`);

/** Opens what the router's process is told: its router.yaml, Vault, its environment and its options. Throws ConfigError. */
export function openConfiguration(argv: readonly string[], env: Environment): Configuration {
  const readYaml = (path: string, named: string): Settings =>
    readRouterYaml(routerSettings, path, named);
  return Configuration.open({
    name: 'router',
    env,
    options: optionsIn(argv),
    defaultFile: 'router.yaml',
    formats: { '.yaml': readYaml, '.yml': readYaml },
    shapes: [routerSettings],
  });
}

/** Reads the configuration; options win over variables. Throws a `ConfigError` with all that is wrong. */
export function readConfig(argv: readonly string[], env: Environment): Config {
  const { values, subgraphs, problems } = readOptions(argv);
  const wrong: Problem[] = [];
  let read: z.output<typeof routerSettings> | null = null;
  try {
    read = readEnvironment(routerSettings, { ...env, ...values });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    wrong.push(...error.problems);
  }
  const told = Object.entries(read?.SUBGRAPHS ?? {});
  const instances = readInstances(subgraphs, env, told, problems);
  problems.push(...wrong);
  if (!read || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({ ...read, instances });
}

const optionOf = (variable: string): string | undefined =>
  Object.entries(OPTIONS).find(([, name]) => name === variable)?.[0];

function readOptions(argv: readonly string[]): {
  values: Record<string, string>;
  subgraphs: string[];
  problems: Problem[];
} {
  const options = Object.fromEntries(
    [...Object.keys(OPTIONS), SUBGRAPH_OPTION].map((name) => [name, { type: 'string' as const }]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const values: Record<string, string> = {};
  const subgraphs: string[] = [];
  const problems: Problem[] = [];
  const wrong = (what: string, message: string) => problems.push({ settings: [what], message });
  for (const token of tokens) {
    if (token.kind === 'positional') wrong(token.value, 'is no option');
    if (token.kind !== 'option') continue;
    const variable = (OPTIONS as Record<string, string | undefined>)[token.name];
    const isSubgraph = token.name === SUBGRAPH_OPTION;
    if (!variable && !isSubgraph) wrong(token.rawName, 'is no option');
    else if (token.value === undefined) wrong(token.rawName, 'needs a value');
    else if (variable) values[variable] = token.value;
    else subgraphs.push(token.value);
  }
  return { values, subgraphs, problems };
}
