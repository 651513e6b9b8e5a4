import { Kafka, logLevel, type Consumer } from 'kafkajs';
import type { Timers } from '../system/clock.ts';
import type { Ids } from '../system/ids.ts';
import type { Logger } from '../system/logger.ts';
import type { Invalidate, InvalidationEvents } from './invalidation-events.ts';
import type { Invalidation } from './invalidation.ts';

/** What the records of each topic make old; `{key}` in a text stands for the record's key. */
export type InvalidationTopics = Readonly<Record<string, readonly Invalidation[]>>;

export interface KafkaInvalidationOptions {
  /** `HOST:PORT` of one broker or several. */
  readonly brokers: readonly string[];
  readonly topics: InvalidationTopics;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly log: Logger;
}

const TRY_AGAIN_AFTER_MS = 2_000;

/**
 * Records of Kafka. Each router reads all of them, from when it joins: whatever may have been missed until then is made old at
 * once. While the brokers are away nothing is told, and answers are kept for as long as their subgraphs said.
 */
export class KafkaInvalidation implements InvalidationEvents {
  private readonly kafka: Kafka;
  private consumer: Consumer | undefined;
  private isStopped = false;

  constructor(private readonly options: KafkaInvalidationOptions) {
    const { brokers } = options;
    this.kafka = new Kafka({
      clientId: 'router',
      brokers: [...brokers],
      logLevel: logLevel.NOTHING,
    });
  }

  /** Resolves at once: a router without its brokers still serves. */
  async listen(invalidate: Invalidate): Promise<() => Promise<void>> {
    void this.join(invalidate);
    return async () => {
      this.isStopped = true;
      await this.leave();
    };
  }

  private async join(invalidate: Invalidate): Promise<void> {
    const { topics, ids, log } = this.options;
    const consumer = this.kafka.consumer({ groupId: `router-cache-${ids.next()}` });
    this.consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, () => {
      invalidate([{ everything: true }]).catch(() => this.joinAgain(invalidate));
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) this.joinAgain(invalidate);
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: Object.keys(topics), fromBeginning: false });
      await consumer.run({
        eachMessage: ({ topic, message }) =>
          invalidate(filled(topics[topic] ?? [], message.key?.toString() ?? '')),
      });
    } catch (err) {
      log.warn({ err }, 'Nobody tells what makes cached answers old; trying again');
      this.joinAgain(invalidate);
    }
  }

  private joinAgain(invalidate: Invalidate): void {
    this.options.timers.after(TRY_AGAIN_AFTER_MS, () => {
      if (this.isStopped) return;
      void this.leave().then(() => this.join(invalidate));
    });
  }

  private async leave(): Promise<void> {
    // One that never came is not missed.
    await this.consumer?.disconnect().catch(() => undefined);
  }
}

/** What a record with this key makes old. */
function filled(what: readonly Invalidation[], key: string): readonly Invalidation[] {
  const escaped = JSON.stringify(key).slice(1, -1);
  return JSON.parse(JSON.stringify(what).replaceAll('{key}', () => escaped)) as Invalidation[];
}
