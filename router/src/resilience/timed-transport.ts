import type { Timers } from '../system/clock.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import { SubgraphTimeoutError } from './subgraph-failures.ts';
import { Cancellation } from '../system/cancellation.ts';

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
    const { abort } = request;
    if (abort) return this.within(request, abort);
    const cancellation = new Cancellation();
    const { signal: outer } = request;
    const follow = (): void => cancellation.abort(outer?.reason);
    if (outer?.aborted) follow();
    else outer?.addEventListener('abort', follow);
    const own = { ...request, signal: cancellation.signal };
    return this.within(own, (reason) => cancellation.abort(reason)).finally(() =>
      outer?.removeEventListener('abort', follow),
    );
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return this.inner.subscribe(request);
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }

  private within(
    request: SubgraphRequest,
    abort: (reason: Error) => void,
  ): Promise<SubgraphResponse> {
    return new Promise((resolve, reject) => {
      const cancel = this.timers.after(this.timeoutMs, () => {
        const failure = new SubgraphTimeoutError(this.timeoutMs);
        // First, so that what the abort brings about is not the failure.
        reject(failure);
        abort(failure);
      });
      this.inner.execute(request).then(
        (response) => {
          cancel();
          resolve(response);
        },
        (reason: unknown) => {
          cancel();
          reject(reason as Error);
        },
      );
    });
  }
}
