import type { StoredEvent } from './event-contract.ts';

/** An event with its place in the log. */
export interface LoggedEvent extends StoredEvent {
  readonly partition: number;
  /** Rises strictly within a partition. */
  readonly position: number;
}

export interface DeadLetter {
  readonly group: string;
  readonly event: LoggedEvent;
  readonly error: string;
  readonly attempts: number;
  /** ISO 8601, UTC. */
  readonly failedAt: string;
}

/** Applies the events in the given order. They all come from one partition. A throw means: give them again. */
export type BatchHandler = (events: readonly LoggedEvent[]) => Promise<void>;

/** Is told of one event. It returns at once, and what it throws is logged and forgotten. */
export type Tell = (event: LoggedEvent) => void;

export interface Consumption {
  /** Gives out no more; resolves when the batches at work are done and their places kept. */
  stop(): Promise<void>;
}

export interface GroupLag {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** Events not yet handled. */
  readonly behind: number;
}

/**
 * A durable log of events with the semantics of Kafka: topics in partitions, one partition per key, and
 * consumer groups that each keep their own place in every partition.
 */
export interface EventLog {
  /** Appends in the given order. When it resolves, the events survive a crash. */
  append(events: readonly StoredEvent[]): Promise<void>;

  /**
   * Gives the group every event of these topics, at least once, in order within a partition: the next
   * batch of a partition only after the last one is handled. A new group begins with the first event.
   */
  consume(group: string, topics: readonly string[], handle: BatchHandler): Promise<Consumption>;

  /**
   * Tells of every event that is appended to these topics from now on, by whichever process: at least once
   * while this process lives, in order within a partition. Everyone who follows is told, and no place is kept.
   */
  follow(topics: readonly string[], tell: Tell): Promise<Consumption>;

  /**
   * Hands over every event that these topics hold at the time of the call, from the first on, once each and in
   * order within a partition; the next batch of a partition only after the last one is handled. No place is kept.
   * Rejects with what the handler throws.
   */
  read(topics: readonly string[], handle: BatchHandler): Promise<void>;

  /** Keeps an event that a group could not apply. The group goes on without it. */
  bury(letter: DeadLetter): Promise<void>;

  deadLetters(group?: string): Promise<readonly DeadLetter[]>;

  /** Hands buried events to their group once more, and takes them out of the grave. Returns how many. */
  replay(group: string, eventIds?: readonly string[]): Promise<number>;

  /** Lets the group begin again with the first event. Only while the group is not consuming. */
  rewind(group: string): Promise<void>;

  lag(): Promise<readonly GroupLag[]>;

  /** Resolves when every group that consumes here has handled all that was appended here. */
  idle(): Promise<void>;

  close(): Promise<void>;
}
