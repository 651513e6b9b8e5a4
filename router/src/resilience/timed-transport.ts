import type { Timers } from '../system/clock.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import { SubgraphTimeoutError } from './subgraph-failures.ts';

/**
 * Gives a call up when it takes too long: it rejects with a `SubgraphTimeoutError`, which is also the reason of the abort.
 * Subscriptions may last.
 */
export class TimedTransport implements SubgraphTransport {
  constructor(
    private readonly inner: SubgraphTransport,
    private readonly timeoutMs: number,
    private readonly timers: Timers,
  ) {}

  execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const controller = new AbortController();
    const { signal: outer } = request;
    return new Promise((resolve, reject) => {
      const follow = (): void => controller.abort(outer?.reason);
      const cancel = this.timers.after(this.timeoutMs, () => {
        const failure = new SubgraphTimeoutError(this.timeoutMs);
        // First, so that what the abort brings about is not the failure.
        reject(failure);
        controller.abort(failure);
      });
      if (outer?.aborted) follow();
      else outer?.addEventListener('abort', follow);
      this.inner
        .execute({ ...request, signal: controller.signal })
        .finally(() => {
          cancel();
          outer?.removeEventListener('abort', follow);
        })
        .then(resolve, reject);
    });
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return this.inner.subscribe(request);
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }
}
