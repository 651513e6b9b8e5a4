import { NotGraphQLError } from '../transport/out/failures.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import {
  CircuitOpenError,
  SubgraphOverloadedError,
  SubgraphTimeoutError,
} from './subgraph-failures.ts';
import type { CancelSignal } from '../system/cancellation.ts';

/**
 * Makes no calls while a circuit is open; they reject at once with a `CircuitOpenError`. An answer with errors in it is an
 * answer. Subscriptions pass: they wait for their subgraph by themselves.
 */
export class BreakingTransport implements SubgraphTransport {
  constructor(
    private readonly inner: SubgraphTransport,
    private readonly breaker: CircuitBreaker,
  ) {}

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { breaker } = this;
    const permit = breaker.permit();
    if (permit === undefined) throw new CircuitOpenError();
    try {
      const response = await this.inner.execute(request);
      breaker.succeeded(permit);
      return response;
    } catch (reason) {
      if (speaksAgainstSubgraph(reason, request.signal)) breaker.failed(permit);
      else breaker.released(permit);
      throw reason;
    }
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return this.inner.subscribe(request);
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }
}

/**
 * Calls that nobody waits for any more, that were not made for want of room, or that were refused as wrong, say nothing
 * about the subgraph's health. A call whose time was up was aborted, too, and does.
 */
function speaksAgainstSubgraph(reason: unknown, signal: CancelSignal | undefined): boolean {
  if (reason instanceof SubgraphTimeoutError) return true;
  if (reason instanceof SubgraphOverloadedError || signal?.aborted) return false;
  const isRefusal =
    reason instanceof NotGraphQLError && reason.status >= 400 && reason.status < 500;
  return !isRefusal;
}
