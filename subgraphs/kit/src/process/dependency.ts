import { connect } from 'node:net';

/** A server that a process needs, as its URL names it. */
export interface Dependency {
  /** What it is to the process: `database`, `events`. */
  readonly name: string;
  /** For people and logs: no user, no password, no options. */
  readonly address: string;
  /** Whether requests can be answered without it. What is consumed and published then waits. */
  readonly isVital: boolean;
  readonly hosts: readonly Host[];
}

interface Host {
  readonly host: string;
  readonly port: number;
}

const PORTS: Readonly<Record<string, number>> = {
  mysql: 3306,
  postgres: 5432,
  postgresql: 5432,
  mongodb: 27017,
  kafka: 9092,
  redis: 6379,
  rediss: 6379,
};

/** `scheme://user:password@host:port,host:port/path?options`, which is more than `URL` reads. */
const SERVER_URL = /^([a-z][a-z+]*):\/\/(?:[^@/?]*@)?([^/?]*)(\/[^?]*)?(\?.*)?$/;

/** The server of a URL; null where the URL names a file, this process, or a host that only its client can find. */
export function dependencyOf(name: string, url: string, isVital: boolean): Dependency | null {
  const [, scheme = '', authority = '', path = ''] = SERVER_URL.exec(url) ?? [];
  const port = PORTS[scheme];
  if (port === undefined) return null;
  const hosts = authority.split(',').map((each) => hostOf(each, port));
  return { name, isVital, hosts, address: `${scheme}://${authority}${path}` };
}

function hostOf(text: string, port: number): Host {
  const [, inBrackets, plain, given] = /^(?:\[(.+)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [];
  return { host: inBrackets || plain || 'localhost', port: given ? Number(given) : port };
}

/**
 * The URL of one subgraph's own database. `{name}` in the path is the subgraph's name; a URL without a
 * path names a server, and the database there is `crema_<name>`. A path without `{name}` is taken as it is.
 */
export function databaseUrlOf(url: string, name: string): string {
  const [, , , path = '', options = ''] = SERVER_URL.exec(url) ?? [];
  if (!SERVER_URL.test(url) || (path !== '' && path !== '/')) return url.replace('{name}', name);
  return `${url.slice(0, url.length - path.length - options.length)}/crema_${name}${options}`;
}

/** Whether any of its hosts takes a connection. Never rejects. */
export async function isReachable({ hosts }: Dependency, timeoutMs: number): Promise<boolean> {
  const tries = hosts.map(
    ({ host, port }) =>
      new Promise<void>((resolve, reject) => {
        const socket = connect({ host, port, timeout: timeoutMs });
        socket.once('connect', () => {
          socket.destroy();
          resolve();
        });
        socket.once('timeout', () => socket.destroy(new Error('no answer in time')));
        socket.once('error', reject);
      }),
  );
  return Promise.any(tries).then(
    () => true,
    () => false,
  );
}
