import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDistributed } from '@crema/distributed';
import { makeScratch } from '@crema/distributed/scratch';
import { serviceUrl, type ServiceName } from '@crema/services';

const MAIN = fileURLToPath(new URL('../../standalone/src/main.ts', import.meta.url));

/** Few people ask here for very many. */
const UNLIMITED = { RATE_PER_ADDRESS: 'off', RATE_PER_USER: 'off' };

/** A Crema in processes of its own, on data that is thrown away. */
export interface BenchServer {
  readonly name: string;
  readonly url: string;
  /** The most memory that its processes have held, in MB; null where the system does not tell. */
  peakMemoryMb(): number | null;
  /** Processor seconds that its processes used so far; null where the system does not tell. */
  cpuSeconds(): number | null;
  stop(): Promise<void>;
}

/** Starts standalone on the first core, where the system can be told so, that the load may have the others. */
export async function startServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'crema-bench-'));
  const node = [process.execPath, '--conditions=source', '--import', 'tsx', MAIN];
  const canPin = spawnSync('taskset', ['--version']).status === 0;
  const [command, ...args] = canPin ? ['taskset', '-c', '0', ...node] : node;
  const server = spawn(command!, args, {
    env: {
      ...process.env,
      ...UNLIMITED,
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      DEMO: 'true',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await readUrl(server);
  return {
    name: 'standalone',
    url,
    ...usageOf(() => [server.pid!]),
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

/** Starts every part in a process of its own on the real servers, which have all cores with the load together. */
export async function startDistributedServer(): Promise<BenchServer> {
  const urlOf = (name: ServiceName): string => {
    const url = serviceUrl(name);
    if (url === undefined) throw new Error(`${name} does not run: npm run services -- up`);
    return url;
  };
  const scratch = await makeScratch({
    sql: urlOf('mysql'),
    mongodb: urlOf('mongodb'),
    kafka: urlOf('kafka'),
    redis: urlOf('redis'),
  });
  const distributed = await startDistributed({
    env: { ...process.env, ...UNLIMITED, ...scratch.env, LOG_LEVEL: 'error' },
    port: 0,
    folder: scratch.folder,
    write: (text) => process.stderr.write(text),
  });
  return {
    name: 'distributed, on MySQL, MongoDB, Kafka and Redis',
    url: distributed.url,
    ...usageOf(() => distributed.processes.flatMap(({ pid }) => pid ?? [])),
    stop: async () => {
      await distributed.close();
      await scratch.remove();
    },
  };
}

/** What the system tells of processes, all together. */
function usageOf(pids: () => readonly number[]): Pick<BenchServer, 'peakMemoryMb' | 'cpuSeconds'> {
  const sum = (figure: (pid: number) => number): number | null => {
    const total = pids().reduce((all, pid) => all + figure(pid), 0);
    return Number.isNaN(total) ? null : total;
  };
  return {
    peakMemoryMb: () =>
      sum((pid) => Math.round(Number(/VmHWM:\s+(\d+)/.exec(procFile(pid, 'status'))?.[1]) / 1024)),
    cpuSeconds: () =>
      sum((pid) => {
        const fields = procFile(pid, 'stat').split(') ')[1]?.split(' ');
        return (Number(fields?.[11]) + Number(fields?.[12])) / 100;
      }),
  };
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
