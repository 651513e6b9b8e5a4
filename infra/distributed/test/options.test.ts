import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDistributed } from '../src/distributed.ts';
import { readOptions } from '../src/options.ts';

const SUBGRAPHS = ['menu', 'orders'];
const read = (argv: string[], env: Record<string, string> = {}) =>
  readOptions(argv, env, SUBGRAPHS);

it('counts one process for all but those that are named', () => {
  expect(read(['--replicas', 'orders=3'])?.replicas).toEqual(new Map([['orders', 3]]));
  expect(read(['--replicas', 'all=2', '--replicas', 'menu=1'])?.replicas).toEqual(
    new Map([
      ['menu', 1],
      ['orders', 2],
    ]),
  );
});

it.each([
  [['--replicas', 'orders=none'], /must be NAME=COUNT/],
  [['--replicas', 'orders=0'], /must be NAME=COUNT/],
  [['--nonsense'], /--nonsense[\s\S]*--replicas orders=3/],
  [['--env-file', '/nowhere'], /--env-file: .*\/nowhere/],
])('tells what is wrong with %j', (argv, message) => {
  expect(() => read(argv)).toThrow(message);
});

it('takes settings from a file, and the environment before them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crema-options-'));
  const file = join(folder, 'env');
  writeFileSync(file, 'PORT=5000\nLOG_LEVEL=error\nEVENTS_URL=kafka://a:1\n');

  const options = read(['--env-file', file], { LOG_LEVEL: 'warn' });

  expect(options).toMatchObject({
    port: 5000,
    demo: true,
    env: { LOG_LEVEL: 'warn', EVENTS_URL: 'kafka://a:1' },
  });
  rmSync(folder, { recursive: true });
});

it('takes the file that CONFIG_FILE names, and refuses what is misspelt in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crema-options-'));
  const file = join(folder, 'env');
  writeFileSync(file, 'PORT=5000\n');
  expect(read([], { CONFIG_FILE: file })).toMatchObject({ port: 5000 });

  writeFileSync(file, 'PORT=5000\nSEAL_SECRETS=x\n');
  expect(() => read([], { CONFIG_FILE: file })).toThrow(
    'SEAL_SECRETS: is no setting; did you mean SEAL_SECRET?',
  );
  rmSync(folder, { recursive: true });
});

it('loads the demo but in production, unless told', () => {
  expect(read([], { NODE_ENV: 'production' })?.demo).toBe(false);
  expect(read([], { NODE_ENV: 'production', DEMO: 'true' })?.demo).toBe(true);
  expect(read([], { DEMO: 'false' })?.demo).toBe(false);
});

it('starts no replicas on files, and names the servers that they need', async () => {
  const env = { DATABASE_URL: 'mysql://h', DOCUMENTS_URL: 'mongodb://h' };
  await expect(startDistributed({ env, replicas: new Map([['orders', 2]]) })).rejects.toThrow(
    /--replicas needs servers in EVENTS_URL/,
  );
  await expect(startDistributed({ env, replicas: new Map([['order', 2]]) })).rejects.toThrow(
    /--replicas order: there are .*orders/,
  );
});
