import { isQuery } from '../transport/is-query.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { Changes } from './changes.ts';

/**
 * Notes when a subgraph may have changed something, before anybody is told of it: at the end of each mutation, however it
 * ends, and with each event of a subscription.
 */
export class ChangeTellingTransport implements SubgraphTransport {
  constructor(
    private readonly inner: SubgraphTransport,
    private readonly changes: Changes,
  ) {}

  execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const answer = this.inner.execute(request);
    return isQuery(request.query) ? answer : answer.finally(() => this.changes.happened());
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    const source = this.inner.subscribe(request);
    return { [Symbol.asyncIterator]: () => this.telling(source[Symbol.asyncIterator]()) };
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }

  /** No generator, which would hear of a `return` only after its next event. */
  private telling(source: AsyncIterator<SubgraphResponse>): AsyncIterator<SubgraphResponse> {
    return {
      next: async () => {
        const result = await source.next();
        if (!result.done) this.changes.happened();
        return result;
      },
      return: async () => (await source.return?.()) ?? { done: true, value: undefined },
    };
  }
}
