import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readInstances, type Instances } from './instances.ts';

/** Everything the router's process can be told, from options and environment variables. */
export type Config = Readonly<z.output<typeof schema>> & {
  /** The URLs of subgraphs that are not, or not only, where the supergraph says. */
  readonly instances: Instances;
};

/** The configuration cannot be used; the message names every wrong value. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super('Wrong configuration: ' + problems.join('; '));
    this.name = 'ConfigError';
  }
}

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const isHttpUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

const origins = list.refine(
  (all) => all.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
  'must be origins such as https://shop.example, separated by commas',
);

const schema = z
  .object({
    SUPERGRAPH: z.string({ error: 'is required: the file or URL of a supergraph schema' }),
    PORT: wholeNumber(0, 65_535).default(4000),
    HOST: z.string().optional(),
    NODE_ENV: z
      .enum(['development', 'production', 'test'], {
        error: 'must be development, production or test',
      })
      .default('development'),
    JWKS_URL: list
      .refine((urls) => urls.length > 0 && urls.every(isHttpUrl), {
        error: 'must be an http or https URL, or several separated by commas',
      })
      .optional(),
    JWT_ISSUER: z.string().optional(),
    JWT_AUDIENCE: z.string().optional(),
    JWT_ALGORITHMS: list
      .refine((names) => names.every((name) => ASYMMETRIC.has(name)), {
        error: 'must name algorithms with public keys, such as EdDSA, ES256, RS256',
      })
      .default(['EdDSA']),
    CALLER_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
    CORS_ORIGINS: origins.optional(),
    TRUST_PROXY: wholeNumber(0, 10).or(flag.transform(Number)).default(0),
    INTROSPECTION: flag.optional(),
    MAX_BODY_BYTES: wholeNumber(1_024, 100 * 1_024 * 1_024).default(1_024 * 1_024),
    LOG_LEVEL: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], {
        error: 'must be debug, info, warn, error or silent',
      })
      .default('info'),
  })
  .superRefine((config, context) => {
    if (config.JWKS_URL === undefined) return;
    for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'] as const) {
      if (config[name] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [name], message: 'is required with JWKS_URL' });
    }
  });

/** Algorithms whose verification needs no secret; with the others a public key could sign. */
const ASYMMETRIC = new Set([
  ...['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512'],
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
]);

/** The options of the command line and the variables that they stand for. */
const OPTIONS = {
  supergraph: 'SUPERGRAPH',
  port: 'PORT',
  host: 'HOST',
  'jwks-url': 'JWKS_URL',
  'jwt-issuer': 'JWT_ISSUER',
  'jwt-audience': 'JWT_AUDIENCE',
  'cors-origins': 'CORS_ORIGINS',
  'trust-proxy': 'TRUST_PROXY',
  introspection: 'INTROSPECTION',
} as const;

const SUBGRAPH_OPTION = 'subgraph';

/** Reads the configuration; options win over variables. Throws a `ConfigError` with all that is wrong. */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const { values, subgraphs, problems } = readOptions(argv);
  const set = Object.entries({ ...env, ...values }).filter(([, value]) => value !== '');
  const read = schema.safeParse(Object.fromEntries(set));
  if (!read.success) problems.push(...read.error.issues.map(toProblem));
  const instances = readInstances(subgraphs, env, problems);
  if (!read.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({ ...read.data, instances });
}

function readOptions(argv: readonly string[]): {
  values: Record<string, string>;
  subgraphs: string[];
  problems: string[];
} {
  const options = Object.fromEntries(
    [...Object.keys(OPTIONS), SUBGRAPH_OPTION].map((name) => [name, { type: 'string' as const }]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const values: Record<string, string> = {};
  const subgraphs: string[] = [];
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`unexpected argument "${token.value}"`);
    if (token.kind !== 'option') continue;
    const variable = (OPTIONS as Record<string, string | undefined>)[token.name];
    const isSubgraph = token.name === SUBGRAPH_OPTION;
    if (!variable && !isSubgraph) problems.push(`unknown option ${token.rawName}`);
    else if (token.value === undefined) problems.push(`${token.rawName} needs a value`);
    else if (variable) values[variable] = token.value;
    else subgraphs.push(token.value);
  }
  return { values, subgraphs, problems };
}

function toProblem(issue: z.core.$ZodIssue): string {
  const variable = String(issue.path[0]);
  const option = Object.entries(OPTIONS).find(([, name]) => name === variable)?.[0];
  return `${variable}${option ? ` (--${option})` : ''} ${issue.message}`;
}
