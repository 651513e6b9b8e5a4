import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coffeeFromSignUpToCollected } from '../../standalone/test/coffee.ts';
import { signIn } from '../../standalone/test/support.ts';
import { eventually } from './support.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

let folder: string;
let distributed: ChildProcess;
let output = '';
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crema-distributed-'));
  const program = ['--conditions=source', '--import', 'tsx', MAIN, '--env-file', '/dev/null'];
  distributed = spawn(process.execPath, program, {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'info' },
  });
  distributed.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  distributed.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  url = await eventually(async () => {
    const found = /GraphQL +(http:\S+)/.exec(output)?.[1];
    if (!found) throw new Error(`not ready: ${output}`);
    return found;
  }, 120_000);
}, 130_000);

afterAll(() => {
  distributed.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The processes that were started, as the system lists them. */
const parts = (): readonly { pid: number; command: string }[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^ *(\d+) +(\d+) (.*dist\/main\.js.*)$/.exec(line))
    .filter((found) => Number(found?.[2]) === distributed.pid)
    .map((found) => ({ pid: Number(found![1]), command: found![3]! }));

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm run distributed, on files', () => {
  it('serves a coffee from sign-up to COLLECTED', async () => {
    const manager = await eventually(() => signIn(url, 'manager'));
    await coffeeFromSignUpToCollected(url, manager, eventually);
    await manager.close();
  }, 60_000);

  it('starts a part again that ended', async () => {
    const menu = /menu +\| .*ready/g;
    const { pid } = parts().find(({ command }) => command.includes('/menu/'))!;
    process.kill(pid, 'SIGKILL');

    await eventually(async () => expect(output.match(menu)).toHaveLength(2));
    expect(output).toContain('ended with SIGKILL; it is started again in 250 ms');
  }, 60_000);

  it('ends all parts in order when it is told to, and leaves none', async () => {
    const pids = parts().map(({ pid }) => pid);
    expect(pids).toHaveLength(9);
    const ended = once(distributed, 'exit');
    distributed.kill('SIGINT');

    expect((await ended)[0]).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(output.match(/\| .*draining/g)).toHaveLength(8);
  }, 60_000);
});
