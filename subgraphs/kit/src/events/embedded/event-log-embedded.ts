import { createHash } from 'node:crypto';
import { every, type Cancel, type Clock } from '../../clock.ts';
import type { StoredEvent } from '../event-contract.ts';
import type {
  BatchHandler,
  Consumption,
  DeadLetter,
  EventLog,
  GroupLag,
  LoggedEvent,
  Tell,
} from '../event-log.ts';
import { openLogFile, type LogFile } from './event-log-file.ts';
import { LogFollower } from './event-log-follower.ts';
import { PartitionReader } from './event-log-partition.ts';
import type { Logger } from '../../log.ts';
import { SharedCommits } from '../../shared-commits.ts';

/** Rows of one statement. */
const WRITTEN_AT_ONCE = 50;
/** Other processes may append to the same file; they are noticed this often. */
const LOOK_EVERY_MS = 500;
const READ_AT_ONCE = 250;

export interface EmbeddedEventLogOptions {
  /** `file:PATH` */
  url: string;
  clock: Clock;
  log: Logger;
  partitions?: number;
}

/** Opens the log in a SQLite file, creating it as needed. */
export const openEmbeddedEventLog = (options: EmbeddedEventLogOptions): EventLog =>
  new EmbeddedEventLog(openLogFile(options.url.slice('file:'.length)), options);

/**
 * One SQLite file. Whoever consumes in the process that appends is handed the events in memory right
 * after they are durable; the file is read at the start, after a fall-back and for other processes' events.
 */
class EmbeddedEventLog implements EventLog {
  private readonly partitions: number;
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly readers = new Set<PartitionReader>();
  private readonly followers = new Set<LogFollower>();
  private readonly statements: LogFile['statements'];
  private readonly commits: SharedCommits;
  private readonly stopLooking: Cancel;
  private lastSeen: number;

  constructor(
    private readonly file: LogFile,
    { clock, log, partitions = 4 }: EmbeddedEventLogOptions,
  ) {
    this.partitions = partitions;
    this.clock = clock;
    this.log = log;
    this.statements = file.statements;
    this.commits = new SharedCommits(file.database);
    this.lastSeen = this.statements.last.get().position ?? 0;
    this.stopLooking = every(clock, LOOK_EVERY_MS, () => this.look());
  }

  async append(events: readonly StoredEvent[]): Promise<void> {
    const logged = await this.commits.run(() => this.write(events));
    if (logged.length === 0) return;
    const contiguous = logged[0]!.position === this.lastSeen + 1;
    if (contiguous) this.lastSeen = logged.at(-1)!.position;
    if (contiguous) this.offer(logged);
    else for (const reader of this.readers) reader.wake();
    for (const follower of this.followers) follower.offer(logged);
  }

  private offer(events: readonly LoggedEvent[]): void {
    const byPlace = new Map<string, LoggedEvent[]>();
    for (const event of events) {
      const name = placeName(event.topic, event.partition);
      const others = byPlace.get(name);
      if (others) others.push(event);
      else byPlace.set(name, [event]);
    }
    for (const reader of this.readers) {
      const { topic, partition } = reader.place;
      const offered = byPlace.get(placeName(topic, partition));
      if (offered) reader.offer(offered);
    }
  }

  private write(events: readonly StoredEvent[]): LoggedEvent[] {
    const logged: LoggedEvent[] = [];
    for (let start = 0; start < events.length; start += WRITTEN_AT_ONCE) {
      const some = events.slice(start, start + WRITTEN_AT_ONCE).map((event) => ({
        ...event,
        partition: partitionOf(event.key, this.partitions),
      }));
      const positions = this.file.append(
        some.map(({ partition, ...event }) => [
          event.id,
          event.topic,
          partition,
          JSON.stringify(event),
        ]),
      );
      for (const [index, position] of positions.entries()) {
        if (position !== null) logged.push({ ...some[index]!, position });
      }
    }
    return logged;
  }

  async consume(
    group: string,
    topics: readonly string[],
    handle: BatchHandler,
  ): Promise<Consumption> {
    const readers = topics.flatMap((topic) =>
      Array.from(
        { length: this.partitions },
        (_, partition) =>
          new PartitionReader(
            { group, topic, partition },
            this.statements,
            handle,
            this.clock,
            this.log,
          ),
      ),
    );
    for (const reader of readers) {
      this.readers.add(reader);
      reader.wake();
    }
    return {
      stop: async () => {
        for (const reader of readers) this.readers.delete(reader);
        await Promise.all(readers.map((reader) => reader.stop()));
      },
    };
  }

  async follow(topics: readonly string[], tell: Tell): Promise<Consumption> {
    const follower = new LogFollower(topics, tell, this.statements, this.log);
    this.followers.add(follower);
    return { stop: async () => void this.followers.delete(follower) };
  }

  async read(topics: readonly string[], handle: BatchHandler): Promise<void> {
    const end = this.statements.last.get().position ?? 0;
    for (const topic of topics) {
      for (let partition = 0; partition < this.partitions; partition++) {
        for (let position = 0; ;) {
          const rows = this.statements.read.all(topic, partition, position, READ_AT_ONCE);
          const events = rows.filter((row) => row.position <= end).map(loggedIn(partition));
          if (events.length === 0) break;
          await handle(events);
          position = events.at(-1)!.position;
        }
      }
    }
  }

  async bury(letter: DeadLetter): Promise<void> {
    this.statements.bury.run(letter.group, letter.event.id, JSON.stringify(letter));
  }

  async deadLetters(group?: string): Promise<readonly DeadLetter[]> {
    return this.statements.letters
      .all()
      .map(({ letter }) => JSON.parse(letter) as DeadLetter)
      .filter((letter) => group === undefined || letter.group === group);
  }

  async replay(group: string, eventIds?: readonly string[]): Promise<number> {
    const letters = (await this.deadLetters(group)).filter(
      ({ event }) => eventIds === undefined || eventIds.includes(event.id),
    );
    this.file.database.transaction(() => {
      for (const { event } of letters) {
        this.statements.replay.run(group, event.topic, event.partition, JSON.stringify(event));
        this.statements.unbury.run(group, event.id);
      }
    })();
    for (const reader of this.readers) reader.wake();
    return letters.length;
  }

  async rewind(group: string): Promise<void> {
    this.statements.rewind.run(group);
  }

  async lag(): Promise<readonly GroupLag[]> {
    for (const reader of this.readers) reader.keepPlace();
    const partitions = Array.from({ length: this.partitions }, (_, partition) => partition);
    return this.statements.lag.all(JSON.stringify(partitions));
  }

  async idle(): Promise<void> {
    while ([...this.readers].some((reader) => reader.isBusy)) {
      await Promise.all([...this.readers].map((reader) => reader.settled()));
    }
  }

  async close(): Promise<void> {
    this.stopLooking();
    await Promise.all([...this.readers].map((reader) => reader.stop()));
    this.readers.clear();
    this.followers.clear();
    this.file.database.close();
  }

  private async look(): Promise<void> {
    for (const reader of this.readers) reader.keepPlace();
    for (const follower of this.followers) follower.look();
    const last = this.statements.last.get().position ?? 0;
    const replays = this.statements.replays.get().count;
    if (last <= this.lastSeen && replays === 0) return;
    this.lastSeen = Math.max(last, this.lastSeen);
    for (const reader of this.readers) reader.wake();
  }
}

const loggedIn =
  (partition: number) =>
  ({ position, event }: { position: number; event: string }): LoggedEvent => ({
    ...(JSON.parse(event) as StoredEvent),
    partition,
    position,
  });

const placeName = (topic: string, partition: number): string => `${topic} ${partition}`;

/** Equal keys share a partition, on every machine and for ever. */
const partitionOf = (key: string, partitions: number): number =>
  createHash('md5').update(key).digest().readUInt32BE(0) % partitions;
