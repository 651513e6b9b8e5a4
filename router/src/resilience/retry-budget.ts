import type { Clock } from '../system/clock.ts';

export interface RetryBudgetOptions {
  /** Per cent of the calls that may be made once more. */
  readonly retryPercent: number;
  /** So many a second may be made once more whatever the calls are, or what is hardly called could not be repeated. */
  readonly retriesPerSecond: number;
}

/** Kept in thousandths of a repetition, so that sums are exact. */
const ONE = 1_000;

/** The budget saves up what so many seconds give, and what calls add, and no more. */
const SECONDS_SAVED = 10;

/**
 * How many calls may be repeated: a share of all calls and a few a second, so that repetitions never make much of the
 * load of a subgraph that is in trouble. After Finagle's `RetryBudget` (https://twitter.github.io/finagle/guide/Clients.html#retries),
 * which linkerd took over: 20 per cent and 10 a second there, over 10 s.
 */
export class RetryBudget {
  private saved: number;
  private savedAtMs: number;

  constructor(
    private readonly options: RetryBudgetOptions,
    private readonly clock: Clock,
  ) {
    this.saved = this.most;
    this.savedAtMs = this.nowMs();
  }

  /** A call is made for the first time. */
  deposit(): void {
    this.save(this.options.retryPercent * (ONE / 100));
  }

  /** Whether one may be repeated; it then counts as repeated. */
  withdraw(): boolean {
    const now = this.nowMs();
    // So many thousandths a millisecond are so many a second.
    this.save(Math.max(now - this.savedAtMs, 0) * this.options.retriesPerSecond);
    this.savedAtMs = now;
    if (this.saved < ONE) return false;
    this.saved -= ONE;
    return true;
  }

  private save(more: number): void {
    this.saved = Math.min(this.saved + more, this.most);
  }

  /** At least one whole repetition can be saved up where there are to be any. */
  private get most(): number {
    const { retryPercent, retriesPerSecond } = this.options;
    if (retryPercent === 0 && retriesPerSecond === 0) return 0;
    return Math.max(retriesPerSecond * SECONDS_SAVED, 1) * ONE;
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
