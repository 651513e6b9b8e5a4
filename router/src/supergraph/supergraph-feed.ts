import type { Timers } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';
import { Queue } from '../system/queue.ts';
import type { Random } from '../system/random.ts';
import type { SupergraphSource } from './source.ts';

/** What keeping a router at its supergraph needs. */
export interface SupergraphFeedOptions {
  readonly source: SupergraphSource;
  /** Serves a schema that was read; rejects, and has told why, when it cannot be served. */
  readonly reload: (sdl: string) => Promise<void>;
  /** How long until the source is asked again, on average; 0 for never. */
  readonly pollMs: number;
  readonly timers: Timers;
  readonly random: Random;
  readonly log: Logger;
}

/** Writers are given so long, after each of their changes, to finish. */
const QUIET_MS = 100;

/** Replicas that were started together do not ask together for ever: this part of the interval is by chance. */
const JITTER = 0.2;

/** Takes over a new supergraph whenever the source has one: when it tells of a change, and at intervals. */
export class SupergraphFeed {
  private readonly reads = new Queue();
  private readonly unwatch: (() => void) | undefined;
  private cancelPoll = (): void => undefined;
  private cancelQuiet = (): void => undefined;
  private complaint: string | undefined;
  private isClosed = false;

  constructor(private readonly options: SupergraphFeedOptions) {
    this.unwatch = options.source.watch?.(() => this.whenQuiet());
    this.pollLater();
  }

  /** Reads the source now. Never rejects. */
  refresh(): Promise<void> {
    return this.reads.run(() => this.read());
  }

  close(): void {
    this.isClosed = true;
    this.unwatch?.();
    this.cancelPoll();
    this.cancelQuiet();
  }

  private async read(): Promise<void> {
    const { source, reload, log } = this.options;
    const sdl = await source.read().catch((thrown: unknown) => {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      if (reason !== this.complaint) log.warn({ reason }, 'The supergraph stays as it is');
      this.complaint = reason;
    });
    if (sdl === undefined) return;
    this.complaint = undefined;
    await reload(sdl).catch(() => undefined);
  }

  private whenQuiet(): void {
    this.cancelQuiet();
    this.cancelQuiet = this.options.timers.after(QUIET_MS, () => void this.refresh());
  }

  private pollLater(): void {
    const { pollMs, timers, random } = this.options;
    if (pollMs === 0 || this.isClosed) return;
    const delayMs = pollMs * (1 - JITTER / 2 + JITTER * random.next());
    this.cancelPoll = timers.after(delayMs, () => {
      void this.refresh().then(() => this.pollLater());
    });
  }
}
