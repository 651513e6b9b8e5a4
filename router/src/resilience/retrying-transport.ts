import type { Timers } from '../system/clock.ts';
import type { Random } from '../system/random.ts';
import { isQuery } from '../transport/is-query.ts';
import { isWorthRepeating, retryAfterMsOf } from '../transport/out/failures.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { RetryBudget } from './retry-budget.ts';
import type { CancelSignal } from '../system/cancellation.ts';

/** What repeating needs. */
export interface Retrying {
  /** How often one call is repeated. */
  readonly retries: number;
  readonly budget: RetryBudget;
  readonly timers: Timers;
  readonly random: Random;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Asks again after a pause when the connection failed or a gateway in between told so. Queries only: of everything else it
 * cannot be known whether it was carried out. Nothing of a failed call has reached the client, because answers come
 * whole. The pause doubles, with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/),
 * and is as long as `retry-after` says; who says that it lasts longer than we wait is not asked again.
 */
export class RetryingTransport implements SubgraphTransport {
  constructor(
    private readonly inner: SubgraphTransport,
    private readonly retrying: Retrying,
  ) {}

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    this.retrying.budget.deposit();
    for (let repetition = 0; ; repetition += 1) {
      try {
        return await this.inner.execute(request);
      } catch (reason) {
        const pauseMs = this.pauseBefore(repetition, request, reason);
        if (pauseMs === undefined) throw reason;
        await this.pause(pauseMs, request.signal);
      }
    }
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return this.inner.subscribe(request);
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }

  /** Undefined when the call is not to be repeated. */
  private pauseBefore(
    repetition: number,
    { query, signal }: SubgraphRequest,
    reason: unknown,
  ): number | undefined {
    const { retries, budget, random } = this.retrying;
    if (repetition >= retries || signal?.aborted) return undefined;
    if (!isQuery(query) || !isWorthRepeating(reason)) return undefined;
    const toldMs = retryAfterMsOf(reason);
    if (toldMs > LONGEST_PAUSE_MS || !budget.withdraw()) return undefined;
    const longestMs = Math.min(FIRST_PAUSE_MS * 2 ** repetition, LONGEST_PAUSE_MS);
    return toldMs + random.next() * longestMs;
  }

  private pause(ms: number, signal: CancelSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        cancel();
        reject(signal?.reason as Error);
      };
      const cancel = this.retrying.timers.after(ms, () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      });
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }
}
