import type { GroupLag } from '../event-log.ts';
import type { KafkaContext } from './client.ts';
import type { KafkaTopics } from './topics.ts';

export interface Range {
  readonly first: number;
  /** The offset that the next record will get. */
  readonly end: number;
}

/** Topics by their names on the cluster, and what each of their partitions holds. */
export type Ranges = ReadonlyMap<string, ReadonlyMap<number, Range>>;

export const fetchRanges = (context: KafkaContext, names: readonly string[]): Promise<Ranges> =>
  context.admin.ask(async (admin) => {
    const ranges = new Map<string, ReadonlyMap<number, Range>>();
    for (const topic of names) {
      const offsets = await admin.fetchTopicOffsets(topic);
      ranges.set(
        topic,
        new Map(
          offsets.map(({ partition, low, high }) => [
            partition,
            { first: Number(low), end: Number(high) },
          ]),
        ),
      );
    }
    return ranges;
  });

/** Where groups are, as far as Kafka knows. */
export class KafkaLag {
  constructor(
    private readonly context: KafkaContext,
    private readonly topics: KafkaTopics,
  ) {}

  /** Of every group that has ever kept a place. */
  async ofAll(): Promise<readonly GroupLag[]> {
    const { admin } = this.context;
    const { groups } = await admin.ask((each) => each.listGroups());
    const existing = new Set(await admin.ask((each) => each.listTopics()));
    const lags: GroupLag[] = [];
    for (const { groupId } of groups) {
      const group = this.topics.ownName(groupId);
      if (group === undefined) continue;
      const replays = this.topics.replaysOf(group);
      lags.push(...(await this.ofGroup(group, existing.has(replays) ? [replays] : [])));
    }
    return lags;
  }

  /** Partitions where the group has kept no place, of topics where it has one, are behind by all they hold. */
  async ofGroup(group: string, expected: readonly string[] = []): Promise<readonly GroupLag[]> {
    const kept = await this.placesOf(group);
    const names = new Set([...expected, ...kept.keys()]);
    const ranges = await fetchRanges(this.context, [...names]);
    return [...ranges].flatMap(([name, partitions]) =>
      [...partitions].map(([partition, { first, end }]) => ({
        group,
        topic: this.topics.ownName(name)!,
        partition,
        behind: end - Math.max(first, kept.get(name)?.get(partition) ?? 0),
      })),
    );
  }

  /** The group's places, by the topics' names on the cluster. */
  placesOf(group: string): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
    return this.context.admin.ask(async (admin) => {
      const topics = await admin.fetchOffsets({ groupId: this.topics.nameOf(group) });
      return new Map(
        topics
          .filter(({ topic }) => this.topics.ownName(topic) !== undefined)
          .map(({ topic, partitions }) => [
            topic,
            // No place is told as -1.
            new Map(
              partitions
                .map(({ partition, offset }) => [partition, Number(offset)] as const)
                .filter(([, offset]) => offset >= 0),
            ),
          ]),
      );
    });
  }
}
