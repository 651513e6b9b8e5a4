import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { composed } from './support/subgraphs.ts';

const ROUTER = join(__dirname, '..');
const BUILD = join(ROUTER, '../infra/distributed/build.js');

let folder: string;
const started: ChildProcess[] = [];

/** Starts a program of ours in a folder that has what the image has: of our packages, the built router alone. */
function start(argv: readonly string[], env: Record<string, string> = {}) {
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const settings = { PATH: process.env['PATH'], ...env };
  const child = spawn(process.execPath, argv, { cwd: folder, env: settings, stdio: [...stdio] });
  started.push(child);
  return child;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'router-image-'));
  const definitions = { one: { typeDefs: 'type Query { hello: String }', resolvers: {} } };
  await writeFile(join(folder, 'supergraph.graphql'), composed(definitions));
  await mkdir(join(folder, 'node_modules/@crema'), { recursive: true });
  await symlink(ROUTER, join(folder, 'node_modules/@crema/router'));
  const [code] = (await once(start([BUILD, 'router']), 'exit')) as [number];
  if (code !== 0) throw new Error('The router could not be built');
}, 60_000);

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

it('refuses, as one file, what hooks refuse that have another copy of it', async () => {
  const example = await readFile(join(ROUTER, 'examples/switched-off.ts'), 'utf8');
  const { code } = await transform(example, { loader: 'ts', format: 'esm' });
  expect(code).toContain('from "@crema/router"');
  await writeFile(join(folder, 'switched-off.mjs'), code);
  const child = start([join(ROUTER, 'dist/main.js'), '--supergraph', 'supergraph.graphql'], {
    PORT: '0',
    HOOKS: 'switched-off.mjs',
    SWITCHED_OFF_OPERATIONS: 'Greet,Part',
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!output.includes('"url"')) await once(child.stdout!, 'data');
  const url = /"url":"([^"]+)"/.exec(output)?.[1] ?? '';
  const ask = async (operationName: string) => {
    const body = { operationName, query: `query ${operationName} { __typename }` };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  };

  const message = 'This is switched off for the moment';
  const errors = [{ message, extensions: { code: 'SWITCHED_OFF' } }];
  expect(await ask('Greet')).toEqual([503, { errors }]);
  expect(await ask('Meet')).toMatchObject([200, { data: { __typename: 'Query' } }]);
}, 60_000);
