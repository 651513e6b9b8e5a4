import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../standalone/src/main.ts', import.meta.url));

/** A standalone Crema in a process of its own, on data that is thrown away. */
export interface BenchServer {
  readonly url: string;
  /** The most memory that the process has held, in MB; null where the system does not tell. */
  peakMemoryMb(): number | null;
  /** Processor seconds used so far; null where the system does not tell. */
  cpuSeconds(): number | null;
  stop(): Promise<void>;
}

/** Starts the server on the first core, where the system can be told so, that the load may have the others. */
export async function startServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'crema-bench-'));
  const node = [process.execPath, '--conditions=source', '--import', 'tsx', MAIN];
  const canPin = spawnSync('taskset', ['--version']).status === 0;
  const [command, ...args] = canPin ? ['taskset', '-c', '0', ...node] : node;
  const server = spawn(command!, args, {
    env: { ...process.env, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', DEMO: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readUrl(server);
  return {
    url,
    peakMemoryMb: () => {
      const kilobytes = /VmHWM:\s+(\d+)/.exec(procFile(server, 'status'))?.[1];
      return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
    },
    cpuSeconds: () => {
      const fields = procFile(server, 'stat').split(') ')[1]?.split(' ');
      return fields ? (Number(fields[11]) + Number(fields[12])) / 100 : null;
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /(http:\S+\/graphql)/.exec(output)?.[1];
      if (url) resolve(url);
    });
    server.once('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
  });
}

function procFile({ pid }: ChildProcess, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
