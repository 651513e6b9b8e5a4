import type { ServerAddress } from './server-engine.ts';

const DEFAULT_WRITERS = 8;
const DEFAULT_READERS = 4;

export interface ServerUrl {
  readonly address: ServerAddress;
  /** How many transactions may be at work at once. */
  readonly writers: number;
  /** How many connections read, and carry the outbox. */
  readonly readers: number;
  /** The URL without what is secret in it, for messages. */
  readonly where: string;
}

/**
 * Reads `mysql://USER:PASSWORD@HOST:PORT/DATABASE?writers=8&readers=4&ssl=true`, or the same with `postgres:`.
 * Throws when something in it is missing or unknown.
 */
export function addressOf(text: string): ServerUrl {
  const url = new URL(text);
  const where = `${url.protocol}//${url.host}${url.pathname}`;
  const database = decodeURIComponent(url.pathname.slice(1));
  if (database === '') throw new Error(`${where} names no database; add /NAME`);
  for (const name of url.searchParams.keys()) {
    if (!['writers', 'readers', 'ssl'].includes(name)) {
      throw new Error(`${where} has a parameter ${name}; there are writers, readers and ssl`);
    }
  }
  const count = (name: string, fallback: number): number => {
    const value = Number(url.searchParams.get(name) ?? fallback);
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`${where}: ${name} must be 1 or more`);
    return value;
  };
  return {
    address: {
      host: url.hostname,
      port: url.port === '' ? undefined : Number(url.port),
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database,
      ssl: url.searchParams.get('ssl') === 'true',
    },
    writers: count('writers', DEFAULT_WRITERS),
    // One carries the outbox and may wait for the event log, one may hold a lock; another must remain.
    readers: Math.max(3, count('readers', DEFAULT_READERS)),
    where,
  };
}
