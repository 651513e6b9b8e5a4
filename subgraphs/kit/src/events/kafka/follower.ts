import type { Consumption, Tell } from '../event-log.ts';
import type { KafkaContext } from './client.ts';
import { KafkaConnection, type Batch } from './connection.ts';
import { toEvent } from './message.ts';
import { fetchRanges, type Ranges } from './offsets.ts';
import type { KafkaTopics } from './topics.ts';

/** Topics by their names on the cluster, and the offset of each partition to go on from. */
type Positions = Map<string, Map<number, number>>;

/**
 * Reads topics for one process alone. The group that Kafka's protocol asks for has one member and keeps no place:
 * where to go on after an outage is known here.
 */
export class KafkaReader implements Consumption {
  private readonly connection: KafkaConnection;

  constructor(
    context: KafkaContext,
    topics: KafkaTopics,
    private readonly positions: Positions,
    private readonly read: (batch: Batch) => void,
  ) {
    this.connection = new KafkaConnection(context, {
      // A group of before would wait for the member of before.
      groupId: () => topics.nameOf(`reader.${context.ids.next()}`),
      topics: [...positions.keys()],
      prepare: () => Promise.resolve(),
      onAssigned: (consumer, assignment) => {
        for (const [topic, partitions] of Object.entries(assignment)) {
          for (const partition of partitions) {
            const offset = String(this.positionOf(topic, partition));
            consumer.seek({ topic, partition, offset });
          }
        }
      },
      onBatch: (_, batch) => this.take(batch),
    });
  }

  stop(): Promise<void> {
    return this.connection.stop();
  }

  /** Fetches no more of a partition until it is resumed, or until the connection is another one. */
  pause(topic: string, partition: number): void {
    this.connection.current?.pause([{ topic, partitions: [partition] }]);
  }

  resume(topic: string, partition: number): void {
    this.connection.current?.resume([{ topic, partitions: [partition] }]);
  }

  private positionOf(topic: string, partition: number): number {
    return this.positions.get(topic)?.get(partition) ?? 0;
  }

  private take(batch: Batch): void {
    const { topic, partition } = batch;
    // kafkajs may bring an older fetch after a seek.
    if (Number(batch.fetchedOffset) !== this.positionOf(topic, partition)) return;
    this.positions.get(topic)?.set(partition, Number(batch.lastOffset()) + 1);
    this.read(batch);
  }
}

/** Tells of what is appended from now on. Waits for a broker. */
export async function followFromNow(
  context: KafkaContext,
  topics: KafkaTopics,
  followed: readonly string[],
  tell: Tell,
): Promise<Consumption> {
  await topics.ensure(followed);
  const ranges = await fetchRanges(
    context,
    followed.map((topic) => topics.nameOf(topic)),
  );
  const positions = positionsOf(ranges, 'end');
  return new KafkaReader(context, topics, positions, ({ topic, partition, messages }) => {
    for (const message of messages) {
      try {
        tell(toEvent(topics.ownName(topic)!, partition, message));
      } catch (error) {
        const { offset } = message;
        context.log.error({ topic, partition, offset, err: error }, 'a follower failed');
      }
    }
  });
}

export const positionsOf = (ranges: Ranges, where: 'first' | 'end'): Positions =>
  new Map(
    [...ranges].map(([topic, partitions]) => [
      topic,
      new Map([...partitions].map(([partition, range]) => [partition, range[where]])),
    ]),
  );
