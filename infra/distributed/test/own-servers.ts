import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServiceName } from '@crema/services';
import type { Servers } from '../src/scratch.ts';

const PROGRAM = join(import.meta.dirname, '../../services/src/main.ts');

/** Servers of a test's own, which it can stop without another test noticing. */
export interface OwnServers extends Servers {
  start(name: ServiceName): Promise<void>;
  stop(name: ServiceName): Promise<void>;
  remove(): Promise<void>;
}

/** Starts one of each, on free ports and on data that is thrown away. */
export async function startOwnServers(engine: 'mysql' | 'postgres'): Promise<OwnServers> {
  const names = [engine, 'mongodb', 'kafka', 'redis'] as const;
  const folder = mkdtempSync(join(tmpdir(), 'crema-services-'));
  const ports = await freePorts(names.length + 1);
  const portOf = (name: string): number => ports[names.findIndex((each) => each === name)]!;
  const env = {
    ...process.env,
    SERVICES_DATA: folder,
    ...Object.fromEntries(
      names.map((name) => [`SERVICES_${name.toUpperCase()}_PORT`, String(portOf(name))]),
    ),
    SERVICES_KAFKA_CONTROLLER_PORT: String(ports.at(-1)),
  };
  const services = async (...args: string[]): Promise<void> => {
    const program = ['--conditions=source', '--import', 'tsx', PROGRAM, ...args];
    await promisify(execFile)(process.execPath, program, { env });
  };
  await services('up', ...names);
  return {
    sql: `${engine}://crema:crema@127.0.0.1:${portOf(engine)}`,
    mongodb: `mongodb://127.0.0.1:${portOf('mongodb')}`,
    kafka: `kafka://127.0.0.1:${portOf('kafka')}`,
    redis: `redis://127.0.0.1:${portOf('redis')}`,
    start: (name) => services('up', name),
    stop: (name) => services('down', name),
    remove: async () => {
      await services('down', '--wipe', ...names);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** All at once, so that none is given twice. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
