import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VaultServer } from '../../infra/config/test/vault-server.ts';
import { systemClock } from '../src/system/clock.ts';
import { composed } from './support/subgraphs.ts';

const MAIN = join(__dirname, '../src/main.ts');

let folder: string;
let supergraph: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'router-'));
  supergraph = join(folder, 'supergraph.graphql');
  await writeFile(
    supergraph,
    composed({ one: { typeDefs: 'type Query { hello: String }', resolvers: {} } }),
  );
});

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function start(argv: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', MAIN, ...argv], {
    env: { PATH: process.env['PATH'], ...env },
  });
  started.push(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => ({ code: code as number | null, errors }));
  const ready = async (): Promise<string> => {
    while (!output.includes('"url"')) await once(child.stdout, 'data');
    return /"url":"([^"]+)"/.exec(output)?.[1] ?? '';
  };
  return { child, ended, ready };
}

it('serves a supergraph from a file and ends cleanly when asked to', async () => {
  const { child, ready, ended } = start(['--supergraph', supergraph, '--port', '0']);
  const url = await ready();

  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } });

  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
}, 30_000);

it.each<[string, string[], RegExp]>([
  ['without a supergraph', [], /^SUPERGRAPH: must be set, or --supergraph: .*\n$/],
  [
    'with a file that is not there',
    ['--supergraph', '/nowhere'],
    /^Cannot read the supergraph from \/nowhere: there is no such file\n$/,
  ],
  [
    'with a URL where nothing listens',
    ['--supergraph', 'http://127.0.0.1:1'],
    /^Cannot read the supergraph from .*: nothing listens there\n$/,
  ],
  [
    'with what is no supergraph',
    ['--supergraph', __filename],
    /^Invalid supergraph: Syntax Error.*\n$/,
  ],
])(
  'ends with one line %s',
  async (_name, argv, message) => {
    const { code, errors } = await start(argv).ended;

    expect(errors).toMatch(message);
    expect(code).toBe(1);
  },
  30_000,
);

it('waits for Vault, and for what it demands, before it serves', async () => {
  const vault = await VaultServer.listen(systemClock);
  vault.addToken('hvs.made-by-hand');
  vault.put('crema/router', { CALLER_SECRET: 'a secret that the subgraphs have, too' });
  vault.mood = 'sealed';
  const env = {
    VAULT_ADDR: vault.url,
    VAULT_TOKEN: 'hvs.made-by-hand',
    VAULT_PATHS: 'crema/{name}',
    REQUIRED_SETTINGS: 'CALLER_SECRET',
  };
  const { child, ready } = start(['--supergraph', supergraph, '--port', '0'], env);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!output.includes('"reason":"is sealed"')) await once(child.stdout, 'data');
  vault.mood = 'well';

  expect(await ready()).toMatch(/^http:/);
  expect(output).not.toMatch(/hvs\.|a secret that/);
  await vault.close();
}, 30_000);

it('names every wrong value in a line, with where it came from, and not what it is', async () => {
  const file = join(folder, 'settings.env');
  await writeFile(file, 'CALLER_SECRET=too-short\nJWKS_URI=http://accounts\n');
  const env = { CONFIG_FILE: file, TRUST_PROXY: 'all', REQUIRED_SETTINGS: 'JWKS_URL,SUPERGRAPH' };
  const { code, errors } = await start(['--supergraph', supergraph, '--port', 'high'], env).ended;

  expect(errors.split('\n')).toEqual([
    'PORT: must be a whole number from 0 to 65535 (--port)',
    `CALLER_SECRET: must have at least 32 characters (${file}:1)`,
    'TRUST_PROXY: must be a whole number from 0 to 10, true or false (environment)',
    'JWKS_URL: must be set: REQUIRED_SETTINGS names it',
    `JWKS_URI: is no setting; did you mean JWKS_URL? (${file}:2)`,
    '',
  ]);
  expect(code).toBe(1);
}, 30_000);

it('asks the Kafka of its router.yaml what makes cached answers old', async () => {
  const broker = createTcpServer().listen(0, '127.0.0.1');
  await once(broker, 'listening');
  const asked = once(broker, 'connection') as Promise<[Socket]>;
  const { port } = broker.address() as AddressInfo;
  const config = join(folder, 'cached.yaml');
  await writeFile(
    config,
    `supergraph: ./supergraph.graphql
port: 0
cache: { responses: true }
invalidation:
  eventsUrl: kafka://127.0.0.1:${port}
  topics:
    shop.products: [{ type: Product, key: { id: '{key}' } }]
`,
  );
  const { child, ready, ended } = start(['--config', config]);

  // It serves whether its brokers answer or not.
  expect(await ready()).toMatch(/^http:/);
  const [socket] = await asked;

  socket.destroy();
  broker.close();
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
}, 30_000);

it('ends with one line when its port is in use', async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;

  const { code, errors } = await start(['--supergraph', supergraph, '--port', String(port)]).ended;

  expect(errors).toBe(`The port ${port} is in use\n`);
  expect(code).toBe(1);
  other.close();
}, 30_000);
