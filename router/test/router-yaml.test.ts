import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, namesOf } from '@crema/config';
import { openConfiguration, readConfig, routerSettings, type Config } from '../src/config.ts';
import { routerYamlSchema } from '../src/configuration/json-schema.ts';
import { layoutOf } from '../src/configuration/layout.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'router-yaml-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function read(yaml: string, env: Record<string, string> = {}, argv: string[] = []) {
  const path = join(folder, 'router.yaml');
  await writeFile(path, yaml);
  const all = ['--config', path, ...argv];
  return openConfiguration(all, env).read((values): Config => readConfig(all, values))[0];
}

/** What is wrong with it, a line for each, without the folder. */
async function wrong(yaml: string): Promise<readonly string[]> {
  try {
    await read(yaml);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines.map((line) => line.replaceAll(folder, ''));
    throw error;
  }
  return [];
}

it('says by keys what records of Kafka make old', async () => {
  const config = await read(`
supergraph: supergraph.graphql
cache: { responses: true }
invalidation:
  eventsUrl: kafka://127.0.0.1:9092
  topics:
    shop.products:
      - type: Product
        key: { id: '{key}' }
      - tag: of-{key}
`);

  expect(config.INVALIDATION_TOPICS).toEqual({
    'shop.products': [{ type: 'Product', key: { id: '{key}' } }, { tag: 'of-{key}' }],
  });
  expect(
    await wrong('supergraph: a\ninvalidation: { topics: { a: [{ typ: Product }] } }'),
  ).toHaveLength(1);
});

describe('router.yaml', () => {
  it('says what settings say, in groups', async () => {
    const config = await read(`
supergraph: schema/supergraph.graphql
port: 5000
introspection: false
corsOrigins: [https://a.example, https://b.example]
limits:
  depth: 7
  requestTimeoutMs: 1000
rates:
  perUser: 600/1m
jwt:
  jwksUrl: https://a.example/keys
  issuer: a
  audience: b
reload: { pollS: 0 }
allSubgraphs:
  timeoutMs: 900
subgraphs:
  gift-cards:
    url: [http://a/graphql, http://b/graphql]
    timeoutMs: 100
    circuitBreaker: false
headers:
  request:
    - forward: X-Tenant
    - insert: x-user
      claim: sub
      subgraphs: [orders]
hooks: ./hooks.ts
`);

    expect(config).toMatchObject({
      SUPERGRAPH: join(folder, 'schema/supergraph.graphql'),
      PORT: 5000,
      INTROSPECTION: false,
      CORS_ORIGINS: ['https://a.example', 'https://b.example'],
      MAX_DEPTH: 7,
      REQUEST_TIMEOUT_MS: 1000,
      RATE_PER_USER: '600/1m',
      JWKS_URL: ['https://a.example/keys'],
      RELOAD_POLL_S: 0,
      SUBGRAPH_TIMEOUT_MS: 900,
      SUBGRAPHS: { 'gift-cards': { timeoutMs: 100, circuitBreaker: false } },
      HEADERS: {
        request: [
          { forward: 'x-tenant' },
          { insert: 'x-user', claim: 'sub', subgraphs: ['orders'] },
        ],
        response: [],
      },
      HOOKS: join(folder, 'hooks.ts'),
    });
    expect(config.instances.of('gift-cards')).toEqual(['http://a/graphql', 'http://b/graphql']);
  });

  it('goes before defaults, and after the environment and the command line', async () => {
    const yaml = 'supergraph: https://a.example/s\nport: 5000\nlimits: { depth: 7, aliases: 8 }';

    expect(await read(yaml, { MAX_DEPTH: '9', PORT: '6000' }, ['--port', '7000'])).toMatchObject({
      SUPERGRAPH: 'https://a.example/s',
      PORT: 7000,
      MAX_DEPTH: 9,
      MAX_ALIASES: 8,
      MAX_FIELDS: 400,
    });
  });

  it('may be empty, and leave values and groups empty', async () => {
    expect(await read('', { SUPERGRAPH: 'a' })).toMatchObject({ PORT: 4000 });
    expect(await read('supergraph: a\nport:\nlimits:\n')).toMatchObject({ PORT: 4000 });
  });

  it('names every wrong key with its place, and the right one where it is near', async () => {
    expect(
      await wrong(`
supergraf: a.graphql
limits:
  dept: 3
  nothing: 1
nonsense: { a: 1 }
`),
    ).toEqual([
      'supergraf: is no key; did you mean supergraph? (/router.yaml:2)',
      'limits.dept: is no key; did you mean limits.depth? (/router.yaml:4)',
      'limits.nothing: is no key (/router.yaml:5)',
      'nonsense: is no key (/router.yaml:6)',
    ]);
  });

  it('names every wrong value, and where it stands', async () => {
    expect(
      await wrong(`
supergraph: a.graphql
port: high
limits:
  depth: 0
headers:
  request:
    - forwrd: x-tenant
    - forward: host
subgraphs:
  orders: { timeout: 5 }
`),
    ).toEqual([
      'SUBGRAPHS: orders.timeout is no key; did you mean timeoutMs? (/router.yaml:10 subgraphs)',
      'PORT: must be a whole number from 0 to 65535 (/router.yaml:3 port)',
      'MAX_DEPTH: must be at least 1 (/router.yaml:5 limits.depth)',
      expect.stringMatching(
        /^HEADERS: request\[0\]\.forwrd is no key; did you mean forward\?; .*request\[1\]\.forward is the router's own.*\(\/router\.yaml:6 headers\)$/,
      ),
    ]);
  });

  it('is refused where a value is no value, or it is no YAML', async () => {
    expect(await wrong('port: [1, 2]\nlimits: 3\n')).toEqual([
      'port: must be one value (/router.yaml:1)',
      expect.stringMatching(/^limits: must have keys: body/),
    ]);
    expect(await wrong('port: {')).toEqual([expect.stringMatching(/^\/router\.yaml:\d+: /)]);
    expect(await wrong('text')).toEqual(['/router.yaml: must have a key: value on each line']);
  });

  it('says that it is not there by the option that names it', () => {
    expect(() => openConfiguration(['--config', '/nowhere.yaml'], {})).toThrow(
      'CONFIG_FILE: cannot read /nowhere.yaml: there is no such file',
    );
  });
});

describe('its JSON Schema', () => {
  const schema = routerYamlSchema(routerSettings);

  it('is the one that editors find beside the router', () => {
    const file = readFileSync(join(__dirname, '../router.schema.json'), 'utf8');
    expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('knows every setting once', () => {
    const placed = [...layoutOf(routerSettings).values()].flatMap((meant) =>
      typeof meant === 'string' ? [meant] : [...meant.values()],
    );
    expect(placed.sort()).toEqual([...namesOf([routerSettings])].sort());
  });

  it('says of values what people write', () => {
    expect(schema.properties).toMatchObject({
      introspection: { type: 'boolean' },
      corsOrigins: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      planner: { enum: ['hive', 'apollo'] },
      limits: { properties: { depth: { type: 'integer', minimum: 1 } } },
      headers: { properties: { request: { items: { additionalProperties: false } } } },
    });
  });
});
