import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf, isThere } from './processes.ts';
import { runningFile, runningService, SERVICES_FOLDER, type Running } from './running.ts';
import type { Server } from './server.ts';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 30_000;
const POLL_MS = 100;

/**
 * Starts a server that does not run yet, and returns when it answers and has its databases.
 * Throws when its port is taken, or when it ends or stays silent; the end of its log is in the error.
 */
export async function start(server: Server, databases: readonly string[]): Promise<void> {
  const running = runningService(server.name) ?? (await launch(server));
  await until(READY_WITHIN_MS, server, async () => {
    if (!runningService(server.name)) throw new Ended(`${server.name} ended while it started.`);
    await server.probe();
  });
  server.provide?.(databases);
  if (running.url !== server.url) throw new Error(`${server.name} runs at ${running.url} already.`);
}

/** Stops a server in order and returns when its process is gone; nothing happens where it does not run. */
export async function stop(server: Server): Promise<void> {
  await end(server, (pid) => {
    process.kill(pid, server.stopSignal);
    return [pid];
  });
}

/** Ends a server as a power cut would, its children too; returns when they are gone. */
export async function kill(server: Server): Promise<void> {
  await end(server, (pid) => {
    // Halted first, it starts no more children while they are counted.
    process.kill(pid, 'SIGSTOP');
    const family = familyOf(pid);
    family.forEach(killOne);
    return family;
  });
}

/** Forgets all that a stopped server has kept. */
export function wipe(server: Server): void {
  rmSync(server.dataFolder, { recursive: true, force: true });
}

export const logFile = (server: Server): string => join(SERVICES_FOLDER, `${server.name}.log`);

async function launch(server: Server): Promise<Running> {
  if (await isTaken(server.port)) {
    throw new Error(
      `Port ${server.port} of ${server.name} is taken by another program; ` +
        `SERVICES_${server.name.toUpperCase()}_PORT names another port.`,
    );
  }
  mkdirSync(SERVICES_FOLDER, { recursive: true });
  prepareOnce(server);
  const { program, args, env, user } = server.command();
  const log = openSync(logFile(server), 'w');
  const child = spawn(program, args, {
    ...user,
    env: { ...process.env, ...env },
    cwd: server.dataFolder,
    // It outlives this command, and the interrupt key of the terminal does not reach it.
    detached: true,
    stdio: ['ignore', log, log],
  });
  const started = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid!));
  });
  child.unref();
  const running = { pid: started, program: server.program, url: server.url };
  writeFileSync(runningFile(server.name), JSON.stringify(running));
  return running;
}

/** A folder whose preparation was interrupted is made anew. */
function prepareOnce(server: Server): void {
  const prepared = join(server.dataFolder, '.prepared');
  if (existsSync(prepared)) return;
  wipe(server);
  mkdirSync(server.dataFolder, { recursive: true });
  server.prepare();
  writeFileSync(prepared, '');
}

/** @param signal Tells the process to end, and says which processes have to be gone. */
async function end(server: Server, signal: (pid: number) => readonly number[]): Promise<void> {
  const running = runningService(server.name);
  if (running) {
    const family = signal(running.pid);
    await until(STOPPED_WITHIN_MS, server, async () => {
      // PostgreSQL does not start beside a child of the last one, nor where its process id is still taken.
      if (family.some(isThere)) throw new Error(`${server.name} still runs.`);
    });
  }
  rmSync(runningFile(server.name), { force: true });
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Trying again would change nothing. */
class Ended extends Error {}

async function until(
  withinMs: number,
  server: Server,
  attempt: () => Promise<void>,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Ended) && Date.now() < deadline) {
        await sleep(POLL_MS);
        continue;
      }
      const lastLines = readFileSync(logFile(server), 'utf8').trim().split('\n').slice(-10);
      throw new Error([(error as Error).message, ...lastLines].join('\n  '), { cause: error });
    }
  }
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
