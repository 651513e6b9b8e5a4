import { LRUCache } from 'lru-cache';
import type { EventContract, ReceivedEvent } from '../events/event-contract.ts';
import type { Consumption, EventLog, LoggedEvent } from '../events/event-log.ts';
import type { Hearing, LiveUpdates, ResumableFeed, Waking } from './live-updates.ts';
import { createLiveFeed, resume, WAKE_UP, type LiveFeed } from './live.ts';
import type { Logger } from '../log.ts';

/** The log may bring an event more than once, but not after so many others. */
const MOST_REMEMBERED = 10_000;

interface Listener {
  readonly contract: EventContract;
  hear(event: ReceivedEvent<unknown>): void;
}

/**
 * For a subgraph of several processes: each follows the log, so that all are told of what any of them has done.
 * An event that was written with a change outlives who wrote it, and so the news of the change does, too.
 */
export class SharedLiveUpdates implements LiveUpdates {
  readonly isShared = true;
  private readonly listeners: Listener[] = [];
  private readonly known = new LRUCache<string, true>({ max: MOST_REMEMBERED });
  private following: Consumption | null = null;

  constructor(
    private readonly events: EventLog,
    private readonly log: Logger,
  ) {}

  /** Begins to follow; all feeds are made by then. Whoever subscribes after it resolved misses nothing. */
  async start(): Promise<void> {
    const topics = [...new Set(this.listeners.map(({ contract }) => contract.topic))];
    if (topics.length === 0) return;
    this.following = await this.events.follow(topics, (event) => this.hear(event));
  }

  async stop(): Promise<void> {
    await this.following?.stop();
  }

  /** Positions come from the database, and so do order and completeness: even an own update only wakes up. */
  resumable<Update>(wakings: readonly Waking[]): ResumableFeed<Update> {
    const feed = createLiveFeed<Update | typeof WAKE_UP>();
    for (const { contract, topicsOf } of wakings) {
      const hear = (event: ReceivedEvent<unknown>) => {
        for (const topic of topicsOf(event)) feed.publish(topic, WAKE_UP);
      };
      this.listeners.push({ contract, hear });
    }
    return {
      publish: (topic) => feed.publish(topic, WAKE_UP),
      follow: (topic, history) => resume(feed.subscribe(topic), history),
      close: () => feed.close(),
    };
  }

  feed<Update>(hearings: readonly Hearing<Update>[]): LiveFeed<Update> {
    const feed = createLiveFeed<Update>();
    let told: Promise<void> = Promise.resolve();
    for (const { contract, topicOf, updateOf } of hearings) {
      const hear = (event: ReceivedEvent<unknown>) => {
        const topic = topicOf(event);
        if (!feed.has(topic)) return;
        // One after the other, so that what is read faster overtakes nothing.
        told = told.then(async () => {
          try {
            const update = await updateOf(event);
            if (update !== null) feed.publish(topic, update);
          } catch (error) {
            this.log.warn(
              { eventId: event.id, err: error },
              'an update could not be read; who waits for it is let go',
            );
            feed.end(topic);
          }
        });
      };
      this.listeners.push({ contract, hear });
    }
    return { ...feed, publish: () => undefined };
  }

  private hear(event: LoggedEvent): void {
    if (this.known.has(event.id)) return;
    this.known.set(event.id, true);
    for (const { contract, hear } of this.listeners) {
      if (contract.type !== event.type || contract.version !== event.version) continue;
      hear({ ...event, data: contract.data.parse(event.data) });
    }
  }
}
