import type { DeadLetter } from '../event-log.ts';
import type { KafkaContext } from './client.ts';
import { readToEnd } from './read-to-end.ts';
import { letterKey, toLetter, toLetterRecord, toPlacedRecord } from './message.ts';
import type { KafkaProducer } from './producer.ts';
import type { KafkaTopics } from './topics.ts';

/** A letter and the topic on the cluster where it lies. */
interface Buried {
  readonly grave: string;
  readonly letter: DeadLetter;
}

/**
 * Dead letters in a topic beside each topic. What is handed on again is taken out by a record of the same key
 * without a value.
 */
export class KafkaGraves {
  constructor(
    private readonly context: KafkaContext,
    private readonly topics: KafkaTopics,
    private readonly producer: KafkaProducer,
  ) {}

  async bury(letter: DeadLetter): Promise<void> {
    const { topic } = letter.event;
    await this.topics.ensure([topic]);
    await this.producer.send([
      { topic: this.topics.graveOf(topic), record: toLetterRecord(letter) },
    ]);
  }

  async letters(group?: string): Promise<readonly DeadLetter[]> {
    return (await this.read(group)).map(({ letter }) => letter);
  }

  /** By a topic that the group alone reads: the events' own topics would bring them to every group. */
  async replay(group: string, eventIds?: readonly string[]): Promise<number> {
    const buried = (await this.read(group)).filter(
      ({ letter }) => eventIds === undefined || eventIds.includes(letter.event.id),
    );
    await this.topics.ensureReplays(group);
    const topic = this.topics.replaysOf(group);
    await this.producer.send(
      buried.map(({ letter }) => ({ topic, record: toPlacedRecord(letter.event) })),
    );
    await this.producer.send(
      buried.map(({ grave, letter }) => ({
        topic: grave,
        record: { key: letterKey(group, letter.event.id), value: null },
      })),
    );
    return buried.length;
  }

  private async read(group?: string): Promise<readonly Buried[]> {
    const all = await this.context.admin.ask((admin) => admin.listTopics());
    const graves = all.filter((name) => this.topics.isGrave(name));
    const buried = new Map<string, Buried>();
    await readToEnd(this.context, this.topics, graves, async ({ topic, partition, messages }) => {
      for (const message of messages) {
        const key = String(message.key);
        if (message.value === null) {
          buried.delete(key);
          continue;
        }
        try {
          const letter = toLetter(this.topics.ownName(topic)!, partition, message);
          if (group === undefined || letter.group === group) {
            buried.set(key, { grave: topic, letter });
          }
        } catch (error) {
          const { offset } = message;
          this.context.log.error({ topic, partition, offset, err: error }, 'no letter is here');
        }
      }
    });
    return [...buried.values()];
  }
}
