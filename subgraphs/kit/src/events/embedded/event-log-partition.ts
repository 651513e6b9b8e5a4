import { pause, type Clock } from '../../clock.ts';
import type { StoredEvent } from '../event-contract.ts';
import type { BatchHandler, LoggedEvent } from '../event-log.ts';
import type { LogFile } from './event-log-file.ts';
import type { Logger } from '../../log.ts';

const BATCH = 64;
/** A partition's place is kept after so many events, and whenever the log is looked at. */
const KEEP_AFTER = 256;
/** How many events a partition keeps in memory before it reads them from the file again. */
const READ_AHEAD = 1_000;
const RETRY_MS = 500;

export interface Place {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** Hands one partition of one topic to one group, batch after batch. */
export class PartitionReader {
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
    readonly place: Place,
    private readonly statements: LogFile['statements'],
    private readonly handle: BatchHandler,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    const { group, topic, partition } = place;
    this.position = statements.offset.get(group, topic, partition)?.position ?? 0;
    this.kept = this.position;
  }

  /** Takes new events of this place at the log's end. Ignored while older ones wait in the file. */
  offer(events: readonly LoggedEvent[]): void {
    if (!this.complete) return;
    if (this.ahead.length + events.length > READ_AHEAD) this.complete = false;
    else this.ahead.push(...events);
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
