import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { Bulkhead } from './bulkhead.ts';

/**
 * Bounds how many calls of a subgraph are under way and how many wait, so that one that is slow does not take the
 * memory that the others need. Subscriptions are not counted.
 */
export class BoundedTransport implements SubgraphTransport {
  constructor(
    private readonly inner: SubgraphTransport,
    private readonly bulkhead: Bulkhead,
  ) {}

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { bulkhead } = this;
    if (!bulkhead.tryEnter()) await bulkhead.enter(request.signal);
    try {
      return await this.inner.execute(request);
    } finally {
      bulkhead.leave();
    }
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return this.inner.subscribe(request);
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }
}
