import type { Consumer } from 'kafkajs';
import { pause } from '../../clock.ts';
import type { BatchHandler, Consumption } from '../event-log.ts';
import { ended, type KafkaContext } from './client.ts';
import { KafkaConnection, type Assignment, type Batch } from './connection.ts';
import { PartitionFeed, type FeedEntry } from './feed.ts';
import { toEvent } from './message.ts';
import type { KafkaTopics } from './topics.ts';

const COMMIT_AGAIN_MS = 500;

/** One group's handler in this process, on the partitions that the group gives it. */
export class KafkaGroup implements Consumption {
  private readonly feeds = new Map<string, PartitionFeed>();
  /** Places, by topic and partition, that the group does not know yet. */
  private readonly unkept = new Map<string, { topic: string; partition: number; offset: string }>();
  private readonly connection: KafkaConnection;
  private keeping: Promise<void> | null = null;
  private isStopped = false;

  constructor(
    private readonly context: KafkaContext,
    private readonly topics: KafkaTopics,
    readonly name: string,
    readonly consumed: readonly string[],
    private readonly handle: BatchHandler,
  ) {
    this.connection = new KafkaConnection(context, {
      groupId: () => topics.nameOf(name),
      topics: [...consumed.map((topic) => topics.nameOf(topic)), topics.replaysOf(name)],
      prepare: async () => {
        await topics.ensure(consumed);
        await topics.ensureReplays(name);
      },
      onAssigned: (consumer, assignment) => this.assign(consumer, assignment),
      onBatch: (consumer, batch) => this.take(consumer, batch),
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all([...this.feeds.values()].map((feed) => feed.stop()));
    await ended(this.context.clock, this.keeping ?? undefined);
    await this.connection.stop();
  }

  /** A group that this process has been in goes on where it is, without fetching again what waits. */
  private assign(consumer: Consumer, assignment: Assignment): void {
    for (const [topic, partitions] of Object.entries(assignment)) {
      for (const partition of partitions) this.feedOf(topic, partition);
    }
    this.unkept.clear();
    for (const [place, feed] of this.feeds) {
      const { topic, partition } = placeOf(place);
      const isOurs = assignment[topic]?.includes(partition) ?? false;
      if (isOurs) feed.assign();
      else feed.revoke();
      const partitions = [{ topic, partitions: [partition] }];
      if (feed.isFull) consumer.pause(partitions);
      else consumer.resume(partitions);
      if (!isOurs) continue;
      if (feed.next !== null) consumer.seek({ topic, partition, offset: String(feed.next) });
      this.keepLater(topic, partition, feed);
    }
  }

  private take(consumer: Consumer, batch: Batch): void {
    const { topic, partition } = batch;
    const feed = this.feedOf(topic, partition);
    if (this.isStopped) return;
    const taken = feed.offer(Number(batch.fetchedOffset), this.entriesOf(batch));
    if (!taken) consumer.seek({ topic, partition, offset: String(feed.next) });
  }

  private feedOf(topic: string, partition: number): PartitionFeed {
    const place = `${topic}/${partition}`;
    const known = this.feeds.get(place);
    if (known) return known;
    const { clock, log } = this.context;
    const partitions = [{ topic, partitions: [partition] }];
    const feed: PartitionFeed = new PartitionFeed({
      handle: this.handle,
      clock,
      log,
      place: { group: this.name, topic, partition },
      isOnce: topic !== this.topics.replaysOf(this.name),
      onHandled: () => this.keepLater(topic, partition, feed),
      onFull: () => this.connection.current?.pause(partitions),
      onRoom: () => this.connection.current?.resume(partitions),
    });
    this.feeds.set(place, feed);
    return feed;
  }

  private entriesOf({ topic, partition, messages }: Batch): FeedEntry[] {
    const name = this.topics.ownName(topic)!;
    return messages.map((message) => {
      const offset = Number(message.offset);
      try {
        return { offset, event: toEvent(name, partition, message) };
      } catch (error) {
        this.context.log.error({ topic, partition, offset, err: error }, 'a record was left out');
        return { offset, event: null };
      }
    });
  }

  private keepLater(topic: string, partition: number, feed: PartitionFeed): void {
    if (feed.position === null) return;
    const offset = String(feed.position);
    this.unkept.set(`${topic}/${partition}`, { topic, partition, offset });
    this.keep();
  }

  private keep(): void {
    this.keeping ??= this.keepPlaces().finally(() => {
      this.keeping = null;
      // A place that came just when it had ended would wait for the next one.
      if (this.unkept.size > 0 && !this.isStopped) this.keep();
    });
  }

  /** Keeps what is handled. A place that is kept late costs a repetition, which consumers know how to ignore. */
  private async keepPlaces(): Promise<void> {
    while (this.unkept.size > 0) {
      const places = [...this.unkept.values()];
      try {
        const consumer = this.connection.current;
        if (!consumer) throw new Error('There is no connection');
        await consumer.commitOffsets(places);
        for (const place of places) {
          const key = `${place.topic}/${place.partition}`;
          if (this.unkept.get(key) === place) this.unkept.delete(key);
        }
      } catch (error) {
        this.context.log.debug({ group: this.name, err: error }, 'places are kept later');
        if (this.isStopped) return;
        await pause(this.context.clock, COMMIT_AGAIN_MS);
      }
    }
  }
}

function placeOf(place: string): { topic: string; partition: number } {
  const at = place.lastIndexOf('/');
  return { topic: place.slice(0, at), partition: Number(place.slice(at + 1)) };
}
