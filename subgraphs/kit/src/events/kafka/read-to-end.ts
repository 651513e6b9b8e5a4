import type { Batch } from './connection.ts';
import type { KafkaContext } from './client.ts';
import { KafkaReader, positionsOf } from './follower.ts';
import { fetchRanges } from './offsets.ts';
import type { KafkaTopics } from './topics.ts';

/** What was fetched of one partition. */
export type Records = Pick<Batch, 'topic' | 'partition' | 'messages'>;

/**
 * Hands on all records of these topics up to their present ends, in order within a partition, and the next ones of
 * it only when the last are handled. Rejects with what `handle` throws.
 */
export async function readToEnd(
  context: KafkaContext,
  topics: KafkaTopics,
  names: readonly string[],
  handle: (records: Records) => Promise<void>,
): Promise<void> {
  const ranges = await fetchRanges(context, names);
  const missing = new Set<string>();
  for (const [topic, partitions] of ranges) {
    for (const [partition, { first, end }] of partitions) {
      if (end > first) missing.add(`${topic}/${partition}`);
    }
  }
  if (missing.size === 0) return;

  const lanes = new Map<string, Promise<void>>();
  const opened: { reader?: KafkaReader } = {};
  try {
    await new Promise<void>((resolve, reject) => {
      const work = async (batch: Batch): Promise<void> => {
        const { topic, partition, messages } = batch;
        const place = `${topic}/${partition}`;
        if (!missing.has(place)) return;
        const end = ranges.get(topic)!.get(partition)!.end;
        const wanted = messages.filter(({ offset }) => Number(offset) < end);
        if (wanted.length > 0) await handle({ topic, partition, messages: wanted });
        if (Number(batch.lastOffset()) + 1 < end) return opened.reader?.resume(topic, partition);
        missing.delete(place);
        if (missing.size === 0) resolve();
      };
      opened.reader = new KafkaReader(
        context,
        topics,
        positionsOf(ranges, 'first'),
        (batch: Batch) => {
          const { topic, partition } = batch;
          const place = `${topic}/${partition}`;
          opened.reader?.pause(topic, partition);
          const lane = (lanes.get(place) ?? Promise.resolve()).then(() => work(batch));
          lanes.set(place, lane);
          lane.catch(reject);
        },
      );
    });
  } finally {
    await opened.reader?.stop();
  }
}
