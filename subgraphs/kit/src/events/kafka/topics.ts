import type { Admin, ITopicConfig } from 'kafkajs';
import { pause } from '../../clock.ts';
import type { KafkaContext } from './client.ts';

const MOST_REPLICAS = 3;
const LOOKS = 50;
const LOOK_AGAIN_MS = 50;
/** Read models are made again from the first event; hence nothing is thrown away. */
const KEEP_ALL = { name: 'retention.ms', value: '-1' };

/** The topics' names here and on the cluster, and the topics themselves. */
export class KafkaTopics {
  private readonly known = new Set<string>();

  constructor(private readonly context: KafkaContext) {}

  /** Of a topic or a group, on the cluster. */
  nameOf(name: string): string {
    return this.context.settings.prefix + name;
  }

  /** The dead letters of a topic. */
  graveOf(topic: string): string {
    return this.nameOf(`${topic}.dlq`);
  }

  isGrave(name: string): boolean {
    return this.ownName(name)?.endsWith('.dlq') ?? false;
  }

  /** What a group is handed once more. */
  replaysOf(group: string): string {
    return this.nameOf(`${group}.replay`);
  }

  /** The topic or group behind a name on the cluster; undefined where it has not our prefix. */
  ownName(name: string): string | undefined {
    const { prefix } = this.context.settings;
    return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
  }

  /** Makes the topics that are missing, each with its grave. */
  ensure(topics: readonly string[]): Promise<void> {
    return this.make(
      topics.flatMap((topic) => [
        { topic: this.nameOf(topic), numPartitions: this.context.settings.partitions },
        { topic: this.graveOf(topic), numPartitions: 1 },
      ]),
    );
  }

  ensureReplays(group: string): Promise<void> {
    return this.make([{ topic: this.replaysOf(group), numPartitions: 1 }]);
  }

  /** Looks again next time: what was there may have been removed. */
  forget(): void {
    this.known.clear();
  }

  private async make(topics: readonly ITopicConfig[]): Promise<void> {
    const unknown = topics.filter(({ topic }) => !this.known.has(topic));
    if (unknown.length === 0) return;
    await this.context.admin.ask(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = unknown.filter(({ topic }) => !existing.has(topic));
      if (missing.length === 0) return;
      const { brokers } = await admin.describeCluster();
      const replicationFactor =
        this.context.settings.replication ?? Math.min(brokers.length, MOST_REPLICAS);
      const configEntries = [
        KEEP_ALL,
        // With three copies one may be away; what is acknowledged is on two.
        { name: 'min.insync.replicas', value: replicationFactor >= MOST_REPLICAS ? '2' : '1' },
      ];
      await admin.createTopics({
        topics: missing.map((topic) => ({ ...topic, replicationFactor, configEntries })),
        waitForLeaders: false,
      });
      await this.untilKnown(
        admin,
        missing.map(({ topic }) => topic),
      );
    });
    for (const { topic } of unknown) this.known.add(topic);
  }

  /** A broker hears of a new topic a little later; kafkajs' own waiting fails when it has not heard yet. */
  private async untilKnown(admin: Admin, topics: string[]): Promise<void> {
    for (let look = 1; ; look++) {
      try {
        await admin.fetchTopicMetadata({ topics });
        return;
      } catch (error) {
        if (look === LOOKS) throw error;
        await pause(this.context.clock, LOOK_AGAIN_MS);
      }
    }
  }
}
