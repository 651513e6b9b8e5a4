import { isQuery } from '../transport/is-query.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { Changes } from './changes.ts';
import { headersKey } from './request-key.ts';
import { SharedWork } from './shared-work.ts';

/**
 * Sends equal queries that come at the same time to the subgraph once: the same operation, variables and headers, but
 * for those that only tell requests apart.
 */
export class DeduplicatingTransport implements SubgraphTransport {
  private readonly calls: SharedWork<SubgraphResponse>;

  constructor(
    private readonly inner: SubgraphTransport,
    changes: Changes,
    private readonly ignoredHeaders: ReadonlySet<string>,
  ) {
    this.calls = new SharedWork(
      changes,
      ({ headers }) => headers?.['set-cookie'] !== undefined,
      (answer) => ({ ...answer, isUnshared: undefined }),
    );
  }

  execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { query, variables, operationName = '', headers, signal, freshness = '' } = request;
    if (!isQuery(query)) return this.inner.execute(request);
    const variablesText = request.variablesText ?? JSON.stringify(variables);
    const who = headersKey(headers, this.ignoredHeaders);
    return this.calls.answer({
      kind: query,
      key: `${freshness.length}:${freshness}${who.length}:${who}${operationName}${variablesText}`,
      signal,
      ask: (shared, abort) =>
        this.inner.execute({ ...request, variablesText, signal: shared, abort }),
    });
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return this.inner.subscribe(request);
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }
}
