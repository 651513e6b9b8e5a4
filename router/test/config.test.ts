import { ConfigError } from '@crema/config';
import { readConfig } from '../src/config.ts';

const read = (argv: string[], env: Record<string, string> = {}) => readConfig(argv, env);

/** The lines of what is wrong. */
function wrong(argv: string[], env: Record<string, string> = {}): readonly string[] {
  try {
    read(argv, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
  }
  return [];
}

it('needs a supergraph and has a default for all else', () => {
  expect(read(['--supergraph', 'supergraph.graphql'])).toEqual({
    SUPERGRAPH: 'supergraph.graphql',
    PORT: 4000,
    RELOAD_POLL_S: 10,
    RESPONSE_CACHE: false,
    RESPONSE_CACHE_MB: 64,
    NODE_ENV: 'development',
    PLANNER: 'hive',
    OVERRIDE_LABELS: [],
    ENGINE: 'crema',
    JWT_ALGORITHMS: ['EdDSA'],
    TRUST_PROXY: 0,
    MAX_BODY_BYTES: 262_144,
    CACHE_URL: 'memory:',
    MAX_TOKENS: 2_000,
    MAX_DEPTH: 20,
    MAX_FIELDS: 400,
    MAX_ALIASES: 30,
    MAX_DIRECTIVES: 30,
    MAX_ROOT_FIELDS: 20,
    MAX_LIST_ITEMS: 1_000,
    MAX_COST: 30_000,
    ASSUMED_LIST_SIZE: 10,
    MAX_BATCH: 1,
    REQUEST_TIMEOUT_MS: 60_000,
    APQ: true,
    SAFELIST: 'off',
    SUBGRAPH_TIMEOUT_MS: 30_000,
    SUBGRAPH_RETRIES: 2,
    SUBGRAPH_RETRY_PERCENT: 10,
    SUBGRAPH_RETRIES_PER_SECOND: 5,
    SUBGRAPH_CIRCUIT_BREAKER: true,
    SUBGRAPH_FAILURE_RATE_THRESHOLD: 50,
    SUBGRAPH_WAIT_DURATION_IN_OPEN_STATE_MS: 5_000,
    SUBGRAPH_MAX_CONCURRENT: 512,
    SUBGRAPH_MAX_WAITING: 2_048,
    SUBGRAPH_DEDUPLICATION: true,
    CLIENT_DEDUPLICATION: true,
    DEDUPLICATION_IGNORES: ['x-request-id', 'traceparent', 'tracestate'],
    SUBSCRIPTION_PUBLIC_FIELDS: [],
    SUBSCRIPTION_MAX_BUFFERED_BYTES: 4_194_304,
    LOG_LEVEL: 'info',
    START_TIMEOUT_S: 0,
    instances: expect.anything(),
  });
});

it('takes the instances of subgraphs from options and variables', () => {
  const argv = [
    '--supergraph=a.graphql',
    '--subgraph',
    'orders=http://a/graphql, http://b/graphql',
  ];
  const env = { SUBGRAPH_ORDERS_URL: 'http://c', SUBGRAPH_GIFT_CARDS_URL: 'https://d:1/graphql' };
  const { instances } = read(argv, env);

  expect(instances.of('orders')).toEqual(['http://a/graphql', 'http://b/graphql']);
  expect(instances.of('gift-cards')).toEqual(['https://d:1/graphql']);
  expect(instances.of('menu')).toBeUndefined();
  expect(instances.strangersTo(['orders', 'menu'])).toEqual(['GIFT_CARDS']);
});

it('takes options before variables', () => {
  const config = read(['--supergraph=a.graphql', '--port', '5000', '--trust-proxy', 'true'], {
    SUPERGRAPH: 'b.graphql',
    PORT: '6000',
    CORS_ORIGINS: 'https://a.example, http://localhost:3000',
    INTROSPECTION: 'false',
  });

  expect(config).toMatchObject({
    SUPERGRAPH: 'a.graphql',
    PORT: 5000,
    TRUST_PROXY: 1,
    CORS_ORIGINS: ['https://a.example', 'http://localhost:3000'],
    INTROSPECTION: false,
  });
  expect(Object.isFrozen(config)).toBe(true);
});

it('names every wrong value at once', () => {
  const argv = ['--port', '70000', '--nonsense', 'stray'];
  const env = {
    CALLER_SECRET: 'short',
    CORS_ORIGINS: 'shop.example/path',
    INTROSPECTION: 'perhaps',
    JWKS_URL: 'accounts/keys',
    JWT_ALGORITHMS: 'HS256',
    NODE_ENV: 'staging',
    TRUST_PROXY: '-1',
    SUBGRAPH_MENU_URL: 'ftp://menu',
  };

  expect(wrong(argv, env)).toEqual([
    '--nonsense: is no option',
    'stray: is no option',
    'SUBGRAPH_MENU_URL: must be http or https URLs separated by commas',
    'SUPERGRAPH: must be set, or --supergraph: the file or URL of a supergraph schema',
    'PORT: must be at most 65535',
    'NODE_ENV: must be development, production or test',
    'JWKS_URL: must be an http or https URL, or several separated by commas',
    'JWT_ALGORITHMS: must name algorithms with public keys, such as EdDSA, ES256, RS256',
    'CALLER_SECRET: must have at least 32 characters',
    'CORS_ORIGINS: must be origins such as https://shop.example, separated by commas',
    'TRUST_PROXY: must be at least 0',
    'INTROSPECTION: must be true or false',
  ]);
});

it('wants to know whose tokens to believe when it is told where the keys are', () => {
  expect(wrong(['--supergraph', 'a', '--jwks-url', 'https://a.example/keys'])).toEqual([
    'JWT_ISSUER: must be set with JWKS_URL',
    'JWT_AUDIENCE: must be set with JWKS_URL',
  ]);
});
