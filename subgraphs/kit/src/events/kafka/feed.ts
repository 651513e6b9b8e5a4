import { pause, type Clock } from '../../clock.ts';
import type { BatchHandler, LoggedEvent } from '../event-log.ts';
import type { Logger } from '../../log.ts';

const BATCH = 64;
const RETRY_MS = 500;
/** A partition with so many events waiting is not fetched from until there are few again. */
const MANY_WAITING = 1_000;
const FEW_WAITING = 250;
/** An append that is repeated comes soon after the first; more ids than a relay repeats after a crash. */
const REMEMBERED = 1_024;

/** An offset of a partition and what is there: nothing for records that are none of ours. */
export interface FeedEntry {
  readonly offset: number;
  readonly event: LoggedEvent | null;
}

export interface FeedOptions {
  readonly handle: BatchHandler;
  readonly clock: Clock;
  readonly log: Logger;
  /** For the log: group, topic and partition. */
  readonly place: object;
  /** Whether an event that is there twice is handed on once. */
  readonly isOnce: boolean;
  /** Called whenever more is handled. */
  onHandled(): void;
  /** Asks for no more, until `onRoom`. */
  onFull(): void;
  onRoom(): void;
}

/** Hands one partition to its group's handler, batch after batch, while this process has the partition. */
export class PartitionFeed {
  private waiting: FeedEntry[] = [];
  private readonly remembered = new Set<string>();
  private isOurs = false;
  private full = false;
  private running: Promise<void> | null = null;
  /** The offset after the last that was taken; what is below is waiting, at work or handled. */
  private taken: number | null = null;
  private handled: number | null = null;
  private interrupt: () => void = () => undefined;
  private lost = Promise.resolve();

  constructor(private readonly options: FeedOptions) {}

  /** Where to fetch next; null leaves it to the group's kept place. */
  get next(): number | null {
    return this.taken;
  }

  /** The offset up to which all is handled; null before anything is. */
  get position(): number | null {
    return this.handled;
  }

  /** Whether enough waits here. */
  get isFull(): boolean {
    return this.full;
  }

  /** This process has the partition, for the first time, still, or again. */
  assign(): void {
    if (this.isOurs) return;
    this.isOurs = true;
    this.lost = new Promise((resolve) => {
      this.interrupt = resolve;
    });
  }

  /** Another process has the partition: what waits is its to handle. What is at work here ends. */
  revoke(): void {
    this.isOurs = false;
    this.waiting = [];
    this.remembered.clear();
    this.taken = null;
    this.handled = null;
    this.full = false;
    this.interrupt();
  }

  /** Takes what was fetched from an offset on. False where something between is missing: fetch from `next`. */
  offer(from: number, entries: readonly FeedEntry[]): boolean {
    if (!this.isOurs) return true;
    if (this.taken !== null && from > this.taken) return false;
    this.handled ??= from;
    for (const { offset, event } of entries) {
      if (this.taken !== null && offset < this.taken) continue;
      this.taken = offset + 1;
      this.waiting.push({ offset, event: event && this.isFresh(event) ? event : null });
    }
    if (this.waiting.length >= MANY_WAITING && !this.full) {
      this.full = true;
      this.options.onFull();
    }
    this.run();
    return true;
  }

  /** Resolves when nothing is at work any more. */
  async stop(): Promise<void> {
    this.isOurs = false;
    this.waiting = [];
    this.interrupt();
    await this.running;
  }

  private isFresh(event: LoggedEvent): boolean {
    if (!this.options.isOnce) return true;
    if (this.remembered.has(event.id)) return false;
    this.remembered.add(event.id);
    if (this.remembered.size > REMEMBERED) {
      for (const oldest of this.remembered) {
        this.remembered.delete(oldest);
        break;
      }
    }
    return true;
  }

  private run(): void {
    if (this.running || this.waiting.length === 0) return;
    this.running = this.work().finally(() => {
      this.running = null;
      this.run();
    });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      const events = batch.flatMap(({ event }) => event ?? []);
      const owned = this.lost;
      if (!(await this.handleUntilDone(events))) return;
      // A batch that outlived its assignment says nothing about the place of the one that follows.
      if (owned !== this.lost) return;
      this.handled = batch.at(-1)!.offset + 1;
      this.options.onHandled();
      if (this.full && this.waiting.length <= FEW_WAITING) {
        this.full = false;
        this.options.onRoom();
      }
    }
  }

  /** False when the partition was lost before the batch was handled. */
  private async handleUntilDone(events: readonly LoggedEvent[]): Promise<boolean> {
    const { handle, clock, log, place } = this.options;
    if (events.length === 0) return true;
    const { lost } = this;
    for (;;) {
      try {
        await handle(events);
        return true;
      } catch (error) {
        log.error({ ...place, err: error }, 'a batch of events failed; trying again');
        await Promise.race([pause(clock, RETRY_MS), lost]);
        if (!this.isOurs || lost !== this.lost) return false;
      }
    }
  }
}
