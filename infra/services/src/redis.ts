import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findProgram, portOf, programPath } from './programs.ts';
import { SERVICES_FOLDER } from './running.ts';
import type { Server } from './server.ts';

const port = portOf('redis', 46379);
const dataFolder = join(SERVICES_FOLDER, 'redis');

/** Redis as a cache: nothing outlives it. */
export const redis: Server = {
  name: 'redis',
  port,
  url: `redis://127.0.0.1:${port}`,
  program: 'redis-server',
  stopSignal: 'SIGTERM',
  dataFolder,

  missing: () => (findProgram('redis-server') ? [] : [{ what: 'Redis', debian: 'redis-server' }]),

  // It keeps nothing, so that its folder is all it needs.
  prepare() {},

  command: () => ({
    program: programPath('redis-server'),
    args: [
      ...['--bind', '127.0.0.1', '--port', String(port), '--dir', dataFolder],
      ...['--save', '', '--appendonly', 'no', '--maxmemory', '128mb'],
    ],
  }),

  async probe() {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    try {
      socket.end('PING\r\n');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      // While it reads its data it answers -LOADING.
      if (!answer.toString().startsWith('+PONG')) throw new Error(answer.toString().trim());
    } finally {
      socket.destroy();
    }
  },
};
