import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** What `npm start` runs, made by what makes it there. */
const MAIN = spawnSync(
  process.execPath,
  ['--input-type=module', '-e', "console.log(await (await import('./build.js')).build())"],
  { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' },
).stdout.trim();

/** A Crema in a process of its own, which can be killed. */
export interface Child {
  readonly url: string;
  /** As the system does it when memory runs out: at once, without a word. */
  kill(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  readonly output: () => string;
}

export interface ChildFailure {
  readonly code: number | null;
  readonly output: string;
}

const run = (env: Record<string, string>, cwd = process.cwd()): ChildProcess =>
  spawn(process.execPath, [MAIN], {
    env: { ...process.env, NODE_ENV: 'development', PORT: '0', LOG_LEVEL: 'error', ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });

/** Resolves when it says where it is; rejects with what it said when it ends before. */
export async function startChild(env: Record<string, string>): Promise<Child> {
  const child = run(env);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /(http:\S+\/graphql) /.exec(output)?.[1];
      if (found) resolve(found);
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    child.once('exit', (code) => reject(new Error(`ended with code ${code}: ${output}`)));
  });
  return {
    url,
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await ended(child);
    },
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended(child);
    },
  };
}

/** Runs it to its end, which must come by itself. */
export async function runToEnd(env: Record<string, string>, cwd?: string): Promise<ChildFailure> {
  const child = run(env, cwd);
  let output = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { code: await ended(child), output };
}
