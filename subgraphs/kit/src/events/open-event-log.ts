import type { Clock } from '../clock.ts';
import type { EventLog } from './event-log.ts';
import { openEmbeddedEventLog } from './embedded/event-log-embedded.ts';
import type { Logger } from '../log.ts';

export interface EventLogOptions {
  /** `file:PATH`, or `kafka://HOST:PORT[,HOST:PORT…][?prefix=…&partitions=…&replication=…]` */
  url: string;
  clock: Clock;
  log: Logger;
}

/** Opens the log that the URL names. Rejects where it names none; a cluster that is away is no error. */
export async function openEventLog(options: EventLogOptions): Promise<EventLog> {
  const scheme = options.url.slice(0, options.url.indexOf(':') + 1);
  switch (scheme) {
    case 'file:':
      return openEmbeddedEventLog(options);
    case 'kafka:':
      // A client of 150 files, loaded only where there is a cluster.
      return (await import('./kafka/event-log-kafka.ts')).openKafkaEventLog(options);
    default:
      throw new Error(`An event log is at file:PATH or kafka://HOST:PORT, not at ${options.url}`);
  }
}
