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
    if (request.abort) return this.within(request, request.abort, () => {});
    const { signal: outer } = request;
    const own = new Cancellation();
    const follow = (): void => own.abort(outer?.reason);
    if (outer?.aborted) follow();
    else outer?.addEventListener('abort', follow);
    return this.within(
      { ...request, signal: own },
      (reason) => own.abort(reason),
      () => outer?.removeEventListener('abort', follow),
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
    onEnd: () => void,
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
          onEnd();
          resolve(response);
        },
        (reason: unknown) => {
          cancel();
          onEnd();
          reject(reason as Error);
        },
      );
    });
  }
}
