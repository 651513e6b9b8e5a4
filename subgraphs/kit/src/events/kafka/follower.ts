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

/** All records of these topics up to their present ends, in order within a partition. */
export async function readToEnd(
  context: KafkaContext,
  topics: KafkaTopics,
  names: readonly string[],
): Promise<readonly Batch[]> {
  const ranges = await fetchRanges(context, names);
  const missing = new Set<string>();
  for (const [topic, partitions] of ranges) {
    for (const [partition, { first, end }] of partitions) {
      if (end > first) missing.add(`${topic}/${partition}`);
    }
  }
  if (missing.size === 0) return [];
  const batches: Batch[] = [];
  let reader: KafkaReader | null = null;
  await new Promise<void>((resolve) => {
    reader = new KafkaReader(context, topics, positionsOf(ranges, 'first'), (batch) => {
      batches.push(batch);
      const end = ranges.get(batch.topic)?.get(batch.partition)?.end ?? 0;
      if (Number(batch.lastOffset()) + 1 >= end)
        missing.delete(`${batch.topic}/${batch.partition}`);
      if (missing.size === 0) resolve();
    });
  });
  await (reader as KafkaReader | null)?.stop();
  return batches;
}

const positionsOf = (ranges: Ranges, where: 'first' | 'end'): Positions =>
  new Map(
    [...ranges].map(([topic, partitions]) => [
      topic,
      new Map([...partitions].map(([partition, range]) => [partition, range[where]])),
    ]),
  );
