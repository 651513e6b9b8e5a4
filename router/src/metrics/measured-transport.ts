import { CircuitOpenError, SubgraphOverloadedError } from '../resilience/subgraph-failures.ts';
import type { Monotonic } from '../system/clock.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { Metrics } from './metrics.ts';
import { outcomeOfCall } from './outcomes.ts';

/** Counts what comes of asking a subgraph, and measures how long it takes. Subscriptions pass. */
export class MeasuredTransport implements SubgraphTransport {
  constructor(
    private readonly subgraph: string,
    private readonly inner: SubgraphTransport,
    private readonly metrics: Metrics,
    private readonly monotonic: Monotonic,
  ) {}

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { subgraph, metrics, monotonic } = this;
    const began = monotonic.seconds();
    try {
      const response = await this.inner.execute(request);
      const outcome = response.errors && response.errors.length > 0 ? 'errors' : 'ok';
      metrics.subgraphAsked(subgraph, outcome, monotonic.seconds() - began);
      return response;
    } catch (reason) {
      const seconds = wasAsked(reason) ? monotonic.seconds() - began : undefined;
      metrics.subgraphAsked(subgraph, outcomeOfCall(reason, request.signal), seconds);
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

/** What is refused at once would make a subgraph look quick while it is ill. */
const wasAsked = (reason: unknown): boolean =>
  !(reason instanceof CircuitOpenError || reason instanceof SubgraphOverloadedError);
