import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { VaultServer } from '../../../infra/config/test/vault-server.ts';
import { CALLER_HEADER, signCaller, systemClock } from '../src/index.ts';

const SECRET = 'a secret that only this test knows, long enough';
const GREETER = join(import.meta.dirname, 'greeter.ts');

let folder: string;
const children: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-process-'));
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function start(env: Record<string, string> = {}) {
  const port = await freePort();
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', GREETER], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATA_DIR: folder,
      CALLER_SECRET: SECRET,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(child);
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const said = async (text: string) => {
    while (!output.includes(text)) await once(child.stderr, 'data');
  };
  const headers = async () => ({
    'content-type': 'application/json',
    [CALLER_HEADER]: await signCaller(SECRET, null, systemClock),
  });
  const ask = async (query: string) => {
    const url = `http://127.0.0.1:${port}/graphql`;
    const body = JSON.stringify({ query });
    const response = await fetch(url, { method: 'POST', headers: await headers(), body });
    return { response, body: await response.text() };
  };
  return { child, port, ended, get, said, ask, headers, output: () => output };
}

/** Asks again until it is so; the test's own limit is the deadline. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a process that starts', () => {
  it('waits for its servers, says which is missing, and goes on when they are there', async () => {
    const database = await freePort();
    const greeter = await start({ DATABASE_URL: `mysql://u:secret@127.0.0.1:${database}` });
    await greeter.said(`waiting for database at mysql://127.0.0.1:${database}/crema_greeter`);

    expect((await greeter.get('/health')).status).toBe(200);
    expect(await greeter.get('/ready')).toEqual({
      status: 503,
      text: JSON.stringify({
        status: 'starting',
        missing: [`database mysql://127.0.0.1:${database}/crema_greeter`],
      }),
    });
    const { response } = await greeter.ask('{ hello }');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);

    const server = createServer((socket) => socket.destroy()).listen(database, '127.0.0.1');
    await greeter.said('is there');
    await greeter.said('trying again');
    expect(greeter.output()).not.toContain('secret');
    server.close();

    greeter.child.kill('SIGTERM');
    expect(await greeter.ended).toBe(0);
  });

  it('gives up after START_TIMEOUT_S, saying what was missing', async () => {
    const events = await freePort();
    const url = `kafka://127.0.0.1:${events}`;
    const greeter = await start({ EVENTS_URL: url, START_TIMEOUT_S: '1' });

    expect(await greeter.ended).toBe(1);
    expect(greeter.output()).toContain(
      `greeter: not started within 1 s, without events at ${url}\n`,
    );
  });

  it('names every wrong setting at once and ends', async () => {
    const greeter = await start({ DATABASE_URL: 'oracle://x', CALLER_SECRET: 'short' });

    expect(await greeter.ended).toBe(1);
    expect(greeter.output()).toBe(
      'greeter: DATABASE_URL: must be file:PATH, mysql://HOST or postgres://HOST (environment)\n' +
        'greeter: CALLER_SECRET: must have at least 32 characters (environment)\n',
    );
  });
});

describe('a process whose secrets are in Vault', () => {
  let vault: VaultServer;

  beforeEach(async () => {
    vault = await VaultServer.listen(systemClock);
    vault.addToken('hvs.made-by-hand');
    vault.put('crema/greeter', { CALLER_SECRET: SECRET });
  });

  afterEach(() => vault.close());

  const startWithVault = (env: Record<string, string> = {}) =>
    start({
      CALLER_SECRET: '',
      VAULT_ADDR: vault.url,
      VAULT_TOKEN: 'hvs.made-by-hand',
      VAULT_PATHS: 'crema/{name}',
      ...env,
    });

  it('waits for it, says why, starts when it answers, and needs it no more', async () => {
    vault.mood = 'sealed';
    const greeter = await startWithVault();
    await greeter.said(`vault at ${vault.url} is sealed`);
    expect(await greeter.get('/ready')).toEqual({
      status: 503,
      text: JSON.stringify({ status: 'starting', missing: [`vault ${vault.url}`] }),
    });
    vault.mood = 'well';
    await greeter.said('"ready"');
    await vault.close();

    expect((await greeter.get('/ready')).status).toBe(200);
    expect((await greeter.ask('{ hello }')).body).toContain('world');
    for (const secret of ['hvs.', SECRET]) expect(greeter.output()).not.toContain(secret);
  });

  it('gives up after START_TIMEOUT_S', async () => {
    vault.mood = 'sealed';
    const late = await startWithVault({ START_TIMEOUT_S: '1' });
    expect(await late.ended).toBe(1);
    expect(late.output()).toContain(`not started within 1 s, without vault at ${vault.url}\n`);
  });

  it('ends at once when Vault refuses', async () => {
    const refused = await startWithVault({ VAULT_TOKEN: 'hvs.unknown' });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/^greeter: VAULT_ADDR: .* answers 403: .*invalid token\n$/);
  });

  it('names what is wrong in it by its place', async () => {
    vault.put('crema/greeter', { CALLER_SECRET: 'short-but-secret', DATABASE_URL: 'oracle://x' });
    const greeter = await startWithVault();
    expect(await greeter.ended).toBe(1);
    const place = '(Vault secret/crema/greeter version 2)';
    expect(greeter.output()).toBe(
      `greeter: DATABASE_URL: must be file:PATH, mysql://HOST or postgres://HOST ${place}\n` +
        `greeter: CALLER_SECRET: must have at least 32 characters ${place}\n`,
    );
  });
});

describe('a process that is told to end', () => {
  it('is not ready, serves for a grace, and sends subscribers elsewhere', async () => {
    const greeter = await start({ DRAIN_GRACE_MS: '1500' });
    await greeter.said('"ready"');
    expect((await greeter.get('/ready')).status).toBe(200);

    const client = createClient({
      url: `ws://127.0.0.1:${greeter.port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: async () => ({ headers: await greeter.headers() }),
    });
    const ticks = client.iterate({ query: 'subscription { tick }' });
    expect((await ticks.next()).value).toEqual({ data: { tick: 1 } });

    greeter.child.kill('SIGTERM');
    await until(async () => (await greeter.get('/ready')).status === 503);
    const late = await greeter.ask('{ hello }');
    expect(late.body).toContain('world');
    expect(late.response.headers.get('connection')).toBe('close');

    await expect(ticks.next()).rejects.toMatchObject({ code: 1001 });
    await expect(greeter.ask('{ hello }')).rejects.toThrow();
    expect(await greeter.ended).toBe(0);
  });

  it('ends with 0 when the last request is answered', async () => {
    const greeter = await start({ DRAIN_GRACE_MS: '1000' });
    await greeter.said('"ready"');
    const slow = greeter.ask('{ slow }');
    await until(async () => (await greeter.ask('{ hello }')).body.includes('world'));

    greeter.child.kill('SIGTERM');
    await until(async () => (await greeter.get('/ready')).status === 503);
    await greeter.ask('{ release }');

    expect((await slow).body).toContain('at last');
    expect(await greeter.ended).toBe(0);
  });

  it('ends at once on a second signal', async () => {
    const greeter = await start({ DRAIN_GRACE_MS: '60000' });
    await greeter.said('"ready"');
    greeter.child.kill('SIGTERM');
    await greeter.said('draining');
    greeter.child.kill('SIGTERM');

    expect(await greeter.ended).toBe(1);
  });
});
