import { kafka } from './kafka.ts';
import { mongodb } from './mongodb.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { SERVICE_NAMES, type ServiceName } from './running.ts';
import type { Server } from './server.ts';

const SERVERS: Readonly<Record<ServiceName, Server>> = { mysql, postgres, redis, kafka, mongodb };

/** The servers of these names, or all of them. */
export function serversNamed(names: readonly string[]): readonly Server[] {
  const unknown = names.find((name) => !(SERVICE_NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no server ${unknown}; there are ${SERVICE_NAMES.join(', ')}.`);
  }
  return (names.length > 0 ? (names as ServiceName[]) : SERVICE_NAMES).map((name) => SERVERS[name]);
}
