import type { EventContract, ReceivedEvent } from '../events/event-contract.ts';
import {
  createLiveFeed,
  resume,
  type History,
  type LiveFeed,
  type LiveSubscription,
} from './live.ts';

/** An event that says for whom there is something new; who listens reads it in the history. */
export interface Waking<Data = unknown> {
  readonly contract: EventContract<Data>;
  topicsOf(event: ReceivedEvent<Data>): readonly string[];
}

/** An event that is itself the news: which update it stands for, and for whom. */
export interface Hearing<Update, Data = unknown> {
  readonly contract: EventContract<Data>;
  topicOf(event: ReceivedEvent<Data>): string;
  /** Read only where somebody listens. Null when there is nothing to tell. */
  updateOf(event: ReceivedEvent<Data>): Promise<Update | null>;
}

/** Updates with a history: nothing of it is missed, whoever made the change. */
export interface ResumableFeed<Update> {
  /** After the commit. Whoever else changes things here tells by the events that the feed was made with. */
  publish(topic: string, update: Update): void;
  follow(topic: string, history: History<Update>): LiveSubscription<Update>;
  close(): void;
}

/** Where a subgraph's live feeds come from. */
export interface LiveUpdates {
  /** Whether other processes make changes, too. Otherwise updates are handed on in memory and no event is needed. */
  readonly isShared: boolean;
  resumable<Update>(wakings: readonly Waking[]): ResumableFeed<Update>;
  /** Updates without a history. Where changes are shared, `publish` does nothing: the events tell everybody alike. */
  feed<Update>(hearings: readonly Hearing<Update>[]): LiveFeed<Update>;
}

export const waking = <Data>(
  contract: EventContract<Data>,
  topicsOf: (event: ReceivedEvent<Data>) => readonly string[],
): Waking => ({ contract, topicsOf: topicsOf as Waking['topicsOf'] });

export const hearing = <Data, Update>(
  contract: EventContract<Data>,
  topicOf: (event: ReceivedEvent<Data>) => string,
  updateOf: (event: ReceivedEvent<Data>) => Promise<Update | null>,
): Hearing<Update> => ({
  contract,
  topicOf: topicOf as Hearing<Update>['topicOf'],
  updateOf: updateOf as Hearing<Update>['updateOf'],
});

/** For a subgraph that is one process: whoever makes a change tells of it. */
export const localLiveUpdates: LiveUpdates = {
  isShared: false,
  resumable<Update>() {
    const feed = createLiveFeed<Update>();
    return {
      publish: (topic, update) => feed.publish(topic, update),
      follow: (topic, history) => resume(feed.subscribe(topic), history),
      close: () => feed.close(),
    } satisfies ResumableFeed<Update>;
  },
  feed: () => createLiveFeed(),
};
