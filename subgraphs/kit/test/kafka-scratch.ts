import { serviceUrl } from '@crema/check';
import { Kafka, logLevel } from 'kafkajs';
import { openKafkaEventLog } from '../src/events/kafka/event-log-kafka.ts';
import {
  pause,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
  type EventLog,
} from '../src/index.ts';

const ids = uuidV7(systemClock, systemRandom);

/** A corner of the cluster for one test. */
export interface KafkaScratch {
  /** Stands before the names of all its topics and groups. */
  readonly prefix: string;
  /** To look at the cluster by other means than the log's. */
  readonly kafka: Kafka;
  open(): EventLog;
  /** Deletes its topics. Its logs should be closed. */
  remove(): Promise<void>;
}

/** Polls what another machine has to do first. */
export async function until(isSo: () => boolean, ms: number): Promise<void> {
  const deadline = systemClock.now().getTime() + ms;
  while (!isSo()) {
    if (systemClock.now().getTime() > deadline) throw new Error(`not within ${ms} ms`);
    await pause(systemClock, 20);
  }
}

export function createKafkaScratch(partitions = 4): KafkaScratch {
  const url = serviceUrl('kafka');
  if (url === undefined) throw new Error('There is no Kafka: npm run services -- up kafka');
  const prefix = `test-${ids.next()}.`;
  const kafka = new Kafka({ brokers: [new URL(url).host], logLevel: logLevel.NOTHING });
  return {
    prefix,
    kafka,
    open: () =>
      openKafkaEventLog({
        url: `${url}?prefix=${prefix}&partitions=${partitions}`,
        clock: systemClock,
        log: silentLogger,
      }),
    async remove() {
      const admin = kafka.admin();
      await admin.connect();
      const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
      if (topics.length > 0) await admin.deleteTopics({ topics });
      await admin.disconnect();
    },
  };
}
