import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { requirement } from '@crema/check';
import { findProgram } from '../src/programs.ts';

const root = resolve(import.meta.dirname, '../../..');

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** The command as a person runs it, with folders and ports of this test's own. */
function services(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Outcome> {
  const main = join(root, 'infra/services/src/main.ts');
  const node = ['--conditions=source', '--import', 'tsx', main, ...args];
  return new Promise((done) => {
    const options = { cwd: root, env: { ...process.env, ...env } };
    execFile(process.execPath, node, options, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('npm run services', () => {
  it('says what is missing and which commands install it', async () => {
    const nothing = mkdtempSync(join(tmpdir(), 'crema-services-'));
    const { code, output } = await services({ SERVICES_CACHE: nothing }, 'up', 'kafka');
    rmSync(nothing, { recursive: true });
    expect(code).toBe(1);
    expect(output).toMatch(/^Missing: .*Kafka [\d.]+\. To install what is missing:$/m);
    expect(output).toMatch(/^ {2}mvn .*copy-dependencies/m);
    expect(output).toContain('npm run services -- up --install');
  });

  it('refuses names and commands that it does not know', async () => {
    expect(await services({}, 'up', 'oracle')).toEqual({
      code: 1,
      output: 'There is no server oracle; there are mysql, postgres, redis, kafka, mongodb.\n',
    });
    expect(await services({}, 'restart')).toMatchObject({ code: 2 });
  });

  it('prints the addresses for a shell', async () => {
    const { output } = await services({ SERVICES_MYSQL_PORT: '3333' }, 'env', 'mysql', 'kafka');
    expect(output).toContain('export TEST_MYSQL_URL=mysql://crema:crema@127.0.0.1:3333\n');
    expect(output).toContain('export DATABASE_URL=mysql://crema:crema@127.0.0.1:3333\n');
    expect(output).toMatch(/^export EVENTS_URL=kafka:\/\/127\.0\.0\.1:\d+$/m);
  });
});

requirement('services', findProgram('redis-server') !== undefined)('a server of its own', () => {
  let env: { readonly SERVICES_DATA: string; readonly SERVICES_REDIS_PORT: string };
  const state = async () => (await services(env, 'status', 'redis')).output;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crema-services-'));
    env = { SERVICES_DATA: folder, SERVICES_REDIS_PORT: String(await freePort()) };
  });

  afterAll(async () => {
    await services(env, 'down', 'redis');
    rmSync(env.SERVICES_DATA, { recursive: true, force: true });
  });

  it('answers when up returns, and is left alone by a second up', async () => {
    expect(await state()).toContain('stopped');
    const ready = `redis is ready at redis://127.0.0.1:${env.SERVICES_REDIS_PORT}\n`;
    expect(await services(env, 'up', 'redis')).toEqual({ code: 0, output: ready });
    const before = await state();
    expect(before).toContain('ready');
    expect(await services(env, 'up', 'redis')).toEqual({ code: 0, output: ready });
    expect(await state()).toBe(before);
  });

  it('stops, and starts again after it was killed', async () => {
    await services(env, 'up', 'redis');
    expect(await services(env, 'kill', 'redis')).toEqual({ code: 0, output: '' });
    expect(await state()).toContain('stopped');
    expect(await services(env, 'up', 'redis')).toMatchObject({ code: 0 });
    expect(await services(env, 'down', 'redis')).toEqual({ code: 0, output: '' });
    expect(await state()).toContain('stopped');
  });

  it('does not take the place of another program', async () => {
    const other = createServer((socket) => socket.destroy());
    other.listen(Number(env.SERVICES_REDIS_PORT), '127.0.0.1');
    await once(other, 'listening');
    const { code, output } = await services(env, 'up', 'redis');
    other.close();
    expect(code).toBe(1);
    expect(output).toContain('is taken by another program; SERVICES_REDIS_PORT names another port');
  });
});
