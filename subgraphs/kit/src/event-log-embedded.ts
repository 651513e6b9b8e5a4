import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import { every, pause, type Cancel, type Clock } from './clock.ts';
import type { StoredEvent } from './event-contract.ts';
import type {
  BatchHandler,
  Consumption,
  DeadLetter,
  EventLog,
  GroupLag,
  LoggedEvent,
} from './event-log.ts';
import type { Logger } from './log.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, topic TEXT NOT NULL, part INTEGER NOT NULL, event TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS ix_events_topic ON events (topic, part, position);
  CREATE TABLE IF NOT EXISTS offsets (
    grp TEXT NOT NULL, topic TEXT NOT NULL, part INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (grp, topic, part)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS dead_letters (
    grp TEXT NOT NULL, event_id TEXT NOT NULL, letter TEXT NOT NULL, PRIMARY KEY (grp, event_id));
  CREATE TABLE IF NOT EXISTS replays (
    position INTEGER PRIMARY KEY AUTOINCREMENT, grp TEXT NOT NULL, topic TEXT NOT NULL,
    part INTEGER NOT NULL, event TEXT NOT NULL);
`;

const BATCH = 64;
/** A partition's place is kept after so many events, and whenever the log is looked at. */
const KEEP_AFTER = 256;
/** How many events a partition keeps in memory before it reads them from the file again. */
const READ_AHEAD = 1_000;
/** Other processes may append to the same file; they are noticed this often. */
const LOOK_EVERY_MS = 500;
const RETRY_MS = 500;

export interface EmbeddedEventLogOptions {
  /** `file:PATH` */
  url: string;
  clock: Clock;
  log: Logger;
  partitions?: number;
}

/** Opens the log in a SQLite file, creating it as needed. */
export function openEmbeddedEventLog(options: EmbeddedEventLogOptions): EventLog {
  const path = options.url.slice('file:'.length);
  mkdirSync(dirname(path), { recursive: true });
  const file = new Libsql(path);
  file.exec('PRAGMA journal_mode = WAL');
  file.exec('PRAGMA synchronous = NORMAL');
  file.exec('PRAGMA busy_timeout = 5000');
  file.exec(TABLES);
  return new EmbeddedEventLog(file, options);
}

/**
 * One SQLite file. Whoever consumes in the process that appends is handed the events in memory right
 * after they are durable; the file is read at the start, after a fall-back and for other processes' events.
 */
class EmbeddedEventLog implements EventLog {
  private readonly partitions: number;
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly readers = new Set<PartitionReader>();
  private readonly statements: ReturnType<typeof prepare>;
  private readonly stopLooking: Cancel;
  private lastSeen: number;

  constructor(
    private readonly file: Libsql.Database,
    { clock, log, partitions = 4 }: EmbeddedEventLogOptions,
  ) {
    this.partitions = partitions;
    this.clock = clock;
    this.log = log;
    this.statements = prepare(file);
    this.lastSeen = this.statements.last.get().position ?? 0;
    this.stopLooking = every(clock, LOOK_EVERY_MS, () => this.look());
  }

  async append(events: readonly StoredEvent[]): Promise<void> {
    const logged: LoggedEvent[] = [];
    this.file.transaction(() => {
      for (const event of events) {
        const partition = partitionOf(event.key, this.partitions);
        const { changes, lastInsertRowid } = this.statements.append.run(
          event.id,
          event.topic,
          partition,
          JSON.stringify(event),
        );
        // A relay that crashed half way brings some events twice; the log keeps each once.
        if (changes > 0) logged.push({ ...event, partition, position: Number(lastInsertRowid) });
      }
    })();
    if (logged.length === 0) return;
    const contiguous = logged[0]!.position === this.lastSeen + 1;
    if (contiguous) this.lastSeen = logged.at(-1)!.position;
    for (const reader of this.readers) {
      if (contiguous) reader.offer(logged);
      else reader.wake();
    }
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
    this.file.transaction(() => {
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
    return this.statements.lag.all() as GroupLag[];
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
    this.file.close();
  }

  private async look(): Promise<void> {
    for (const reader of this.readers) reader.keepPlace();
    const last = this.statements.last.get().position ?? 0;
    const replays = this.statements.replays.get().count;
    if (last <= this.lastSeen && replays === 0) return;
    this.lastSeen = Math.max(last, this.lastSeen);
    for (const reader of this.readers) reader.wake();
  }
}

interface Place {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** Hands one partition of one topic to one group, batch after batch. */
class PartitionReader {
  /** The first events after `position`, without a gap; what follows may still be in the file alone. */
  private ahead: LoggedEvent[] = [];
  private complete = false;
  private mayHaveReplays = true;
  private handledSinceKept = 0;
  private position: number;
  private kept: number;
  private running: Promise<void> | null = null;
  private stopped = false;
  private interrupt: () => void = () => undefined;
  private readonly stopping = new Promise<void>((resolve) => {
    this.interrupt = resolve;
  });

  constructor(
    private readonly place: Place,
    private readonly statements: ReturnType<typeof prepare>,
    private readonly handle: BatchHandler,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    const { group, topic, partition } = place;
    this.position = statements.offset.get(group, topic, partition)?.position ?? 0;
    this.kept = this.position;
  }

  /** Takes new events of the log's end. Ignored while older ones wait in the file. */
  offer(events: readonly LoggedEvent[]): void {
    if (!this.complete) return;
    const { topic, partition } = this.place;
    const mine = events.filter((event) => event.topic === topic && event.partition === partition);
    if (mine.length === 0) return;
    if (this.ahead.length + mine.length > READ_AHEAD) this.complete = false;
    else this.ahead.push(...mine);
    this.run();
  }

  /** Looks into the file. */
  wake(): void {
    this.complete = false;
    this.mayHaveReplays = true;
    this.run();
  }

  get isBusy(): boolean {
    return this.running !== null;
  }

  async settled(): Promise<void> {
    await this.running;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.interrupt();
    await this.running;
    this.keepPlace();
  }

  private run(): void {
    if (this.running || this.stopped) return;
    this.running = this.work().finally(() => {
      this.running = null;
      if (!this.stopped && (this.ahead.length > 0 || !this.complete)) this.run();
    });
  }

  private async work(): Promise<void> {
    // Whoever appends goes on first: commits that come together are handled together.
    await Promise.resolve();
    while (!this.stopped) {
      if (this.mayHaveReplays) await this.handleReplays();
      const batch = this.nextBatch();
      if (batch.length === 0) break;
      if (!(await this.handleUntilDone(batch))) return;
      this.position = batch.at(-1)!.position;
      // A place that is kept late costs a repetition after a crash, which consumers know how to ignore.
      this.handledSinceKept += batch.length;
      if (this.handledSinceKept >= KEEP_AFTER) this.keepPlace();
    }
  }

  private nextBatch(): LoggedEvent[] {
    if (this.ahead.length === 0 && !this.complete) {
      const { topic, partition } = this.place;
      const rows = this.statements.read.all(topic, partition, this.position, READ_AHEAD);
      this.ahead = rows.map(({ position, event }) => ({
        ...(JSON.parse(event) as StoredEvent),
        partition,
        position,
      }));
      this.complete = rows.length < READ_AHEAD;
    }
    return this.ahead.splice(0, BATCH);
  }

  /** False when the reader was stopped before the batch was handled. */
  private async handleUntilDone(batch: readonly LoggedEvent[]): Promise<boolean> {
    while (!this.stopped) {
      try {
        await this.handle(batch);
        return true;
      } catch (error) {
        this.log.error({ ...this.place, err: error }, 'a batch of events failed; trying again');
        await Promise.race([pause(this.clock, RETRY_MS), this.stopping]);
      }
    }
    return false;
  }

  private async handleReplays(): Promise<void> {
    this.mayHaveReplays = false;
    const { group, topic, partition } = this.place;
    for (const { position, event } of this.statements.replayed.all(group, topic, partition)) {
      if (!(await this.handleUntilDone([JSON.parse(event) as LoggedEvent]))) return;
      this.statements.replayDone.run(position);
    }
  }

  keepPlace(): void {
    this.handledSinceKept = 0;
    if (this.position === this.kept) return;
    const { group, topic, partition } = this.place;
    this.statements.keep.run(group, topic, partition, this.position);
    this.kept = this.position;
  }
}

/** Equal keys share a partition, on every machine and for ever. */
const partitionOf = (key: string, partitions: number): number =>
  createHash('md5').update(key).digest().readUInt32BE(0) % partitions;

/** libsql's statements carry no types of their rows; here they are given them, once. */
function prepare(file: Libsql.Database) {
  interface Rows<Row> {
    get(...parameters: unknown[]): Row;
    all(...parameters: unknown[]): Row[];
    run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint };
  }
  const sql = <Row>(text: string) => file.prepare(text) as unknown as Rows<Row>;
  return {
    append: sql<never>(
      'INSERT INTO events (id, topic, part, event) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    ),
    last: sql<{ position: number | null }>('SELECT max(position) AS position FROM events'),
    read: sql<{ position: number; event: string }>(
      'SELECT position, event FROM events WHERE topic = ? AND part = ? AND position > ? ORDER BY position LIMIT ?',
    ),
    offset: sql<{ position: number } | undefined>(
      'SELECT position FROM offsets WHERE grp = ? AND topic = ? AND part = ?',
    ),
    keep: sql<never>(
      `INSERT INTO offsets (grp, topic, part, position) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET position = excluded.position`,
    ),
    rewind: sql<never>('UPDATE offsets SET position = 0 WHERE grp = ?'),
    bury: sql<never>(
      `INSERT INTO dead_letters (grp, event_id, letter) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET letter = excluded.letter`,
    ),
    letters: sql<{ letter: string }>('SELECT letter FROM dead_letters ORDER BY rowid'),
    unbury: sql<never>('DELETE FROM dead_letters WHERE grp = ? AND event_id = ?'),
    replay: sql<never>('INSERT INTO replays (grp, topic, part, event) VALUES (?, ?, ?, ?)'),
    replays: sql<{ count: number }>('SELECT count(*) AS count FROM replays'),
    replayed: sql<{ position: number; event: string }>(
      'SELECT position, event FROM replays WHERE grp = ? AND topic = ? AND part = ? ORDER BY position',
    ),
    replayDone: sql<never>('DELETE FROM replays WHERE position = ?'),
    lag: sql<GroupLag>(
      `SELECT o.grp AS "group", o.topic, o.part AS partition,
              (SELECT count(*) FROM events e
               WHERE e.topic = o.topic AND e.part = o.part AND e.position > o.position) AS behind
       FROM offsets o`,
    ),
  };
}
