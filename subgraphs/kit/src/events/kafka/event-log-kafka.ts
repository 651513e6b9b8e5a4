import { pause, type Clock } from '../../clock.ts';
import type { StoredEvent } from '../event-contract.ts';
import type {
  BatchHandler,
  Consumption,
  DeadLetter,
  EventLog,
  GroupLag,
  Tell,
} from '../event-log.ts';
import { KafkaAdmin, kafkaClient, type KafkaContext } from './client.ts';
import { followFromNow } from './follower.ts';
import { KafkaGraves } from './graves.ts';
import { KafkaGroup } from './group.ts';
import { toEvent, toRecord } from './message.ts';
import { KafkaLag } from './offsets.ts';
import { KafkaProducer } from './producer.ts';
import { readToEnd } from './read-to-end.ts';
import { rewindGroup } from './rewind.ts';
import { readKafkaUrl } from './settings.ts';
import { KafkaTopics } from './topics.ts';
import { systemRandom, uuidV7, type Ids } from '../../ids.ts';
import type { Logger } from '../../log.ts';

const LOOK_AGAIN_MS = 50;
const TRY_AGAIN_MS = 1_000;

export interface KafkaEventLogOptions {
  /** `kafka://HOST:PORT[,HOST:PORT…][?prefix=…&partitions=…&replication=…]` */
  url: string;
  clock: Clock;
  log: Logger;
  /** Names those who follow; of its own unless told. */
  ids?: Ids;
}

/** A log on a Kafka cluster. It connects when it is used, and again whenever the cluster comes back. */
export function openKafkaEventLog({
  url,
  clock,
  log,
  ids = uuidV7(clock, systemRandom),
}: KafkaEventLogOptions): EventLog {
  const settings = readKafkaUrl(url);
  const kafka = kafkaClient(settings, log);
  const admin = new KafkaAdmin(kafka, clock);
  return new KafkaEventLog({ kafka, admin, settings, clock, ids, log });
}

class KafkaEventLog implements EventLog {
  private readonly topics: KafkaTopics;
  private readonly producer: KafkaProducer;
  private readonly graves: KafkaGraves;
  private readonly places: KafkaLag;
  private readonly groups = new Set<KafkaGroup>();
  private readonly followers = new Set<Consumption>();
  private isClosed = false;

  constructor(private readonly context: KafkaContext) {
    this.topics = new KafkaTopics(context);
    this.producer = new KafkaProducer(context);
    this.graves = new KafkaGraves(context, this.topics, this.producer);
    this.places = new KafkaLag(context, this.topics);
  }

  async append(events: readonly StoredEvent[]): Promise<void> {
    try {
      await this.topics.ensure([...new Set(events.map(({ topic }) => topic))]);
      await this.producer.send(
        events.map((event) => ({
          topic: this.topics.nameOf(event.topic),
          record: toRecord(event),
        })),
      );
    } catch (error) {
      this.topics.forget();
      throw error;
    }
  }

  async consume(
    group: string,
    topics: readonly string[],
    handle: BatchHandler,
  ): Promise<Consumption> {
    const member = new KafkaGroup(this.context, this.topics, group, topics, handle);
    this.groups.add(member);
    return {
      stop: async () => {
        this.groups.delete(member);
        await member.stop();
      },
    };
  }

  async follow(topics: readonly string[], tell: Tell): Promise<Consumption> {
    const follower = await this.followFromNow(topics, tell);
    this.followers.add(follower);
    return {
      stop: async () => {
        this.followers.delete(follower);
        await follower.stop();
      },
    };
  }

  async read(topics: readonly string[], handle: BatchHandler): Promise<void> {
    const existing = await this.context.admin.ask((admin) => admin.listTopics());
    const names = topics
      .map((topic) => this.topics.nameOf(topic))
      .filter((name) => existing.includes(name));
    await readToEnd(this.context, this.topics, names, async ({ topic, partition, messages }) => {
      const name = this.topics.ownName(topic)!;
      await handle(messages.map((message) => toEvent(name, partition, message)));
    });
  }

  bury(letter: DeadLetter): Promise<void> {
    return this.graves.bury(letter);
  }

  deadLetters(group?: string): Promise<readonly DeadLetter[]> {
    return this.graves.letters(group);
  }

  replay(group: string, eventIds?: readonly string[]): Promise<number> {
    return this.graves.replay(group, eventIds);
  }

  rewind(group: string): Promise<void> {
    return rewindGroup(this.context, this.topics, this.places, group);
  }

  lag(): Promise<readonly GroupLag[]> {
    return this.places.ofAll();
  }

  async idle(): Promise<void> {
    while (!(await this.isIdle())) await pause(this.context.clock, LOOK_AGAIN_MS);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.groups, ...this.followers].map((each) => each.stop()));
    await Promise.all([this.producer.close(), this.context.admin.close()]);
  }

  /** Without a broker nobody knows where the end is. */
  private async followFromNow(topics: readonly string[], tell: Tell): Promise<Consumption> {
    for (;;) {
      try {
        return await followFromNow(this.context, this.topics, topics, tell);
      } catch (error) {
        if (this.isClosed) throw error;
        this.context.log.warn({ topics, err: error }, 'Kafka cannot be followed yet; trying again');
        await pause(this.context.clock, TRY_AGAIN_MS);
      }
    }
  }

  private async isIdle(): Promise<boolean> {
    for (const { name, consumed } of this.groups) {
      await this.topics.ensure(consumed);
      await this.topics.ensureReplays(name);
      const names = consumed.map((topic) => this.topics.nameOf(topic));
      const lag = await this.places.ofGroup(name, [...names, this.topics.replaysOf(name)]);
      if (lag.some(({ behind }) => behind > 0)) return false;
    }
    return true;
  }
}
