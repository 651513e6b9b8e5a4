import type { Clock } from './clock.ts';
import type { EventLog } from './event-log.ts';
import { openEmbeddedEventLog } from './event-log-embedded.ts';
import { openKafkaEventLog } from './event-log-kafka.ts';
import type { Logger } from './log.ts';

export interface EventLogOptions {
  /** `file:PATH`, or `kafka://HOST:PORT[,HOST:PORT…][?prefix=…&partitions=…&replication=…]` */
  url: string;
  clock: Clock;
  log: Logger;
}

/** Opens the log that the URL names. Throws where it names none; a cluster that is away is no error. */
export function openEventLog(options: EventLogOptions): EventLog {
  const scheme = options.url.slice(0, options.url.indexOf(':') + 1);
  switch (scheme) {
    case 'file:':
      return openEmbeddedEventLog(options);
    case 'kafka:':
      return openKafkaEventLog(options);
    default:
      throw new Error(`An event log is at file:PATH or kafka://HOST:PORT, not at ${options.url}`);
  }
}
