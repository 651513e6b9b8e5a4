import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSupergraphConfig } from '@crema/schema';
import { OUTDATED } from '@crema/standalone/outdating';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
}

const text = textOf('docker-compose.yml');
const compose = parse(text, { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: object;
  readonly volumes: object;
};
const { services } = compose;
const SERVERS = ['kafka', 'mongodb', 'mysql', 'redis'];
const subgraphs = readSupergraphConfig(join(root, 'supergraph.yaml')).map(({ name }) => name);
const settings = new Set(
  [...textOf('.env.example').matchAll(/^([A-Z][A-Z\d_]+)=/gm)].map(([, name]) => name!),
);

describe('docker-compose.yml', () => {
  it('is what the Compose Specification calls a compose file', () => {
    const schema = JSON.parse(textOf('infra/docker/compose-spec/compose-spec.json')) as object;
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const validate = ajv.compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ services: { orders: { imagee: 'crema' } } })).toBe(false);
  });

  it('has the servers, every subgraph and the router', () => {
    expect(Object.keys(services).sort()).toEqual([...SERVERS, ...subgraphs, 'router'].sort());
  });

  it('names an exact version of every image, and builds one, its own', () => {
    const images = Object.values(services).map(({ image }) => image);
    expect(images.filter((image) => !/:\d+\.\d+\.\d+$/.test(image))).toEqual([]);
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    const own = Object.values(services).filter(({ image }) => image === `crema:${version}`);
    expect(own).toHaveLength(subgraphs.length + 1);
    // Several that build one image at once get in each other's way.
    expect(own.filter(({ build }) => build !== undefined)).toHaveLength(1);
  });

  it('starts servers, then subgraphs, then the router, each when it is healthy what comes before', () => {
    const healthy = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, { condition: 'service_healthy' }]));
    for (const name of subgraphs) expect(services[name]!.depends_on).toEqual(healthy(SERVERS));
    expect(services['router']!.depends_on).toEqual(healthy(subgraphs));
    for (const name of SERVERS) expect(services[name]!.healthcheck).toBeDefined();
    expect(textOf('Dockerfile')).toMatch(/^HEALTHCHECK /m);
  });

  it('runs parts that the image has', () => {
    for (const name of [...subgraphs, 'router']) {
      const file = services[name]!.command!.at(-1);
      const folder = name === 'router' ? 'router' : `subgraphs/${name}`;
      expect(file).toBe(`${folder}/dist/main.js`);
      expect(existsSync(join(root, folder, 'src/main.ts'))).toBe(true);
    }
  });

  it('has in its image what modules of hooks import', () => {
    const [, build = ''] =
      /^RUN node infra\/distributed\/build\.js((?:.*\\\n)*.*)/m.exec(textOf('Dockerfile')) ?? [];
    expect(build).toContain('find node_modules/@crema -mindepth 1 ! -name router -delete');
    const [, copied = ''] = /cp -r --parents ([^&]*) \/image$/.exec(build) ?? [];
    expect(copied.split(/[\s\\]+/)).toEqual(
      expect.arrayContaining(['node_modules', 'router/dist', 'router/package.json']),
    );
  });

  it('holds no secret', () => {
    const isSecret = (name: string) =>
      /SECRET|PASSWORD|TOKEN/.test(name) && !name.includes('RANDOM');
    const secrets = Object.values(services)
      .flatMap(({ environment }) => Object.entries(environment ?? {}))
      .filter(([name]) => isSecret(name) || name === 'DATABASE_URL' || name === 'DOCUMENTS_URL');
    expect(secrets.length).toBeGreaterThan(subgraphs.length);
    expect(secrets.filter(([, value]) => !/\$\{[A-Z_]+:[?-]/.test(String(value)))).toEqual([]);
  });

  it('sets only what the processes read, and asks only for what .env.example lists', () => {
    const known = (name: string) => settings.has(name) || /^SUBGRAPH_[A-Z]+_URL$/.test(name);
    const set = [...subgraphs, 'router'].flatMap((name) =>
      Object.keys(services[name]!.environment!),
    );
    expect(set.filter((name) => !known(name))).toEqual([]);
    const asked = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name!);
    expect(asked.filter((name) => !settings.has(name))).toEqual([]);
  });

  it('tells the router of every subgraph', () => {
    const urls = subgraphs.map((name) => [
      `SUBGRAPH_${name.toUpperCase()}_URL`,
      `http://${name}:4000/graphql`,
    ]);
    expect(services['router']!.environment).toMatchObject(Object.fromEntries(urls));
  });

  it('tells the router of the events that make the answers old that it may keep', () => {
    const { environment = {} } = services['router']!;
    expect(environment['INVALIDATION_EVENTS_URL']).toBe(
      services['menu']!.environment!['EVENTS_URL'],
    );
    expect(JSON.parse(String(environment['INVALIDATION_TOPICS']))).toEqual(OUTDATED);
    expect(environment['CACHE_URL']).toBe(services['menu']!.environment!['CACHE_URL']);
  });

  it("leaves it to .env who may read the router's metrics", () => {
    expect(services['router']!.environment!['METRICS_TOKEN']).toBe('${METRICS_TOKEN:-}');
  });

  it('keeps what servers keep in named volumes, on one network, and opens the router alone', () => {
    expect(Object.keys(compose.volumes).sort()).toEqual(['kafka', 'mongodb', 'mysql']);
    expect(Object.keys(compose.networks)).toEqual(['crema']);
    for (const { networks } of Object.values(services)) expect(networks).toEqual(['crema']);
    const open = Object.keys(services).filter((name) => services[name]!.ports !== undefined);
    expect(open).toEqual(['router']);
  });

  it('makes a database for every subgraph that has one', () => {
    const sql = textOf('infra/docker/mysql/databases.sql');
    const relational = subgraphs.filter((name) =>
      textOf(`subgraphs/${name}/src/subgraph.ts`).includes(`storage: 'relational'`),
    );
    const made = [...sql.matchAll(/^CREATE DATABASE crema_(\w+);$/gm)].map(([, name]) => name);
    const granted = [...sql.matchAll(/^GRANT ALL ON crema_(\w+)\.\* TO 'crema'@'%';$/gm)];
    expect(made).toEqual(relational);
    expect(granted.map(([, name]) => name)).toEqual(relational);
  });
});
