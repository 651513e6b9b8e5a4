import { kill, start, stop } from './lifecycle.ts';
import type { ServiceName } from './running.ts';
import { serversNamed } from './servers.ts';
import { subgraphDatabases } from './subgraph-databases.ts';

/** Starts a server, for tests of what its absence does; returns when it answers. */
export const startService = (name: ServiceName): Promise<void> =>
  start(server(name), subgraphDatabases());

/** Stops a server in order. */
export const stopService = (name: ServiceName): Promise<void> => stop(server(name));

/** Ends a server as a power cut would. */
export const killService = (name: ServiceName): Promise<void> => kill(server(name));

const server = (name: ServiceName) => serversNamed([name])[0]!;
