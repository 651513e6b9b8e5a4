import type { Consumer, EachBatchPayload } from 'kafkajs';
import { pause } from '../../clock.ts';
import { ended, type KafkaContext } from './client.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Fetching never waits for handlers, so heartbeats come whatever handlers do, and a rebalance is noticed at
 * once. Hence a dead member is missed soon, and nobody waits long for one that does not come back: after an outage
 * a broker waits so long for the members of before, whose consumers kafkajs has given up.
 */
const TIMES = {
  heartbeatInterval: 500,
  sessionTimeout: 8_000,
  rebalanceTimeout: 2_000,
  // Brokers answer as soon as there is one byte; this is how long they wait when there is none.
  minBytes: 1,
  maxWaitTimeInMs: 250,
  metadataMaxAge: 60_000,
} as const;

/** What was fetched of one partition. kafkajs' types leave out the offset that was asked for. */
export type Batch = EachBatchPayload['batch'] & { readonly fetchedOffset: string };

/** Partitions by the topic's name on the cluster. */
export type Assignment = Readonly<Record<string, readonly number[]>>;

export interface ConnectionOptions {
  /** Names on the cluster; the group's is asked for with every new connection. */
  groupId(): string;
  readonly topics: readonly string[];
  /** Makes what must be there before the first fetch. */
  prepare(): Promise<void>;
  /** Told of what this process has now, before the first fetch of it. */
  onAssigned(consumer: Consumer, assignment: Assignment): void;
  /** Told when places can be kept, after the first join. */
  onRunning?(consumer: Consumer): void;
  /** Takes what was fetched and returns at once. */
  onBatch(consumer: Consumer, batch: Batch): void;
}

/**
 * A member of a group, whatever becomes of the broker and of kafkajs: a consumer that ended is replaced by a new
 * one, after a pause. kafkajs restarts after some errors itself and after others not; here all are alike.
 */
export class KafkaConnection {
  private consumer: Consumer | null = null;
  private isStopped = false;
  private interrupt: () => void = () => undefined;
  private readonly stopping = new Promise<void>((resolve) => {
    this.interrupt = resolve;
  });
  private readonly running: Promise<void>;

  constructor(
    private readonly context: KafkaContext,
    private readonly options: ConnectionOptions,
  ) {
    this.running = this.run();
  }

  /** The consumer at work, from the moment that it has joined its group; null while there is none. */
  get current(): Consumer | null {
    return this.consumer;
  }

  /** Leaves the group. Takes a few seconds at most, with or without a broker. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.interrupt();
    await ended(this.context.clock, this.running);
  }

  private async run(): Promise<void> {
    const { clock, log } = this.context;
    const { topics } = this.options;
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.isStopped) {
      try {
        await this.options.prepare();
        await this.consumeUntilEnd(() => {
          pauseMs = FIRST_PAUSE_MS;
        });
      } catch (error) {
        if (this.isStopped) return;
        log.warn({ topics, pauseMs, err: error }, 'Kafka gives no events; connecting again');
        await Promise.race([pause(clock, pauseMs), this.stopping]);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  /** Resolves when it was stopped, throws what ended it otherwise. */
  private async consumeUntilEnd(onJoined: () => void): Promise<void> {
    const { groupId, topics, onAssigned, onBatch } = this.options;
    const consumer = this.context.kafka.consumer({
      groupId: groupId(),
      ...TIMES,
      allowAutoTopicCreation: false,
      retry: { retries: 4, initialRetryTime: 100, restartOnFailure: () => Promise.resolve(false) },
    });
    const crashed = new Promise<never>((_, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload: { error } }) => reject(error));
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      if (isOver) return;
      onJoined();
      // What is handled between the join and the first fetch has to find it.
      this.consumer = consumer;
      onAssigned(consumer, memberAssignment as unknown as Assignment);
    });
    let isOver = false;
    const consuming = this.connect(consumer, [...topics], onBatch).then(() => {
      if (!isOver) this.options.onRunning?.(consumer);
    });
    try {
      await Promise.race([consuming.then(() => crashed), crashed, this.stopping]);
    } finally {
      isOver = true;
      this.consumer = null;
      // A consumer that is told to go while it joins would stay in the group.
      const joined = consuming.catch(() => undefined);
      await ended(
        this.context.clock,
        joined.then(() => consumer.disconnect()),
      );
    }
  }

  private async connect(
    consumer: Consumer,
    topics: string[],
    onBatch: ConnectionOptions['onBatch'],
  ): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => onBatch(consumer, batch as Batch),
    });
  }
}
