import type { Clock, Timers } from '../system/clock.ts';
import type { Random } from '../system/random.ts';
import type { CancelSignal } from '../system/cancellation.ts';

/** What waiting needs. */
export interface BackOffOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
}

/** So long a subscription that was open waits for its subgraph to come back: a restart takes less. */
const PATIENCE_MS = 30_000;

const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 5_000;

/** A connection that held for so long was well: the next loss is the first again. */
const HEALTHY_MS = 10_000;

/**
 * When to try again what was lost: at once, then at random times of which each may be twice the one before (full jitter,
 * so that not all subscriptions come back in the same moment), and no more when half a minute has passed.
 */
export class BackOff {
  private failures = 0;
  private lostAtMs = 0;
  private triedAtMs: number;

  constructor(private readonly options: BackOffOptions) {
    this.triedAtMs = this.nowMs();
  }

  /** How long it is tried yet. */
  get leftMs(): number {
    return this.failures === 0 ? PATIENCE_MS : this.lostAtMs + PATIENCE_MS - this.nowMs();
  }

  /** It works again: the next loss is the first. */
  succeeded(): void {
    this.failures = 0;
  }

  /** Waits until it is time for the next try; false when there is to be none, or the signal aborts. */
  async again(wasOpen: boolean, signal: CancelSignal | undefined): Promise<boolean> {
    if (wasOpen && this.nowMs() - this.triedAtMs >= HEALTHY_MS) this.failures = 0;
    if (this.failures === 0) this.lostAtMs = this.nowMs();
    this.failures += 1;
    if (this.leftMs <= 0) return false;
    if (this.failures > 1) await this.pause(this.delayMs(), signal);
    this.triedAtMs = this.nowMs();
    return !signal?.aborted;
  }

  private delayMs(): number {
    const longest = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.failures - 2));
    return Math.ceil(this.options.random.next() * longest);
  }

  private pause(delayMs: number, signal: CancelSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        cancel();
        signal?.removeEventListener('abort', go);
        resolve();
      };
      const cancel = this.options.timers.after(delayMs, go);
      signal?.addEventListener('abort', go, { once: true });
    });
  }

  private nowMs(): number {
    return this.options.clock.now().getTime();
  }
}
