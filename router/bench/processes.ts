import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** With two processors, the gateway has one for itself; what is around it shares the other. */
export const isPinned =
  availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;
const GATEWAY_CORE = '0';
const AROUND_CORE = '1';

/** Clock ticks of /proc/PID/stat: 100 a second on every Linux that Node runs on. */
const TICK_MS = 10;

const pinned = (core: string, command: readonly string[]): readonly string[] =>
  isPinned ? ['taskset', '-c', core, ...command] : command;

/** Starts a program of the benchmark that talks over a channel. */
export function startPart(program: string): ChildProcess {
  const part = fork(fileURLToPath(new URL(program, import.meta.url)), {
    execArgv: ['--conditions=source', '--import', 'tsx'],
  });
  if (isPinned) spawnSync('taskset', ['-a', '-c', '-p', AROUND_CORE, String(part.pid)]);
  return part;
}

export async function answerOf<T>(part: ChildProcess, order?: object): Promise<T> {
  const message = once(part, 'message') as Promise<[T]>;
  if (order) part.send(order);
  return (await message)[0];
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The process of a gateway, and what it has used. */
export class GatewayProcess {
  private output = '';
  private readonly child: ChildProcess;
  private readonly exit: Promise<unknown>;

  constructor(command: readonly string[], env: Record<string, string>) {
    const [program = '', ...args] = pinned(GATEWAY_CORE, command);
    this.child = spawn(program, args, {
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exit = once(this.child, 'exit');
    const keep = (text: Buffer): void => {
      this.output = (this.output + text.toString()).slice(-2_000);
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The end of what it printed. */
  get said(): string {
    return this.output;
  }

  /** Time on the processor since the start, its threads together. */
  async cpuMs(): Promise<number> {
    const stat = await readFile(`/proc/${this.child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  }

  /** The most memory that it has had at once. */
  async peakMb(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024;
  }

  async end(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exit;
  }
}
