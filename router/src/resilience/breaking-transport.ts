import { NotGraphQLError } from '../transport/out/failures.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { CircuitOpenError, SubgraphOverloadedError } from './subgraph-failures.ts';

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
      if (request.signal?.aborted || !speaksAgainstSubgraph(reason)) breaker.released(permit);
      else breaker.failed(permit);
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

/** What we did not ask for want of room, and what was refused as wrong, says nothing about the subgraph's health. */
function speaksAgainstSubgraph(reason: unknown): boolean {
  if (reason instanceof SubgraphOverloadedError) return false;
  const isRefusal =
    reason instanceof NotGraphQLError && reason.status >= 400 && reason.status < 500;
  return !isRefusal;
}
