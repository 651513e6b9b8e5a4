import type { GraphQLFormattedError } from 'graphql';

/** One operation for one subgraph. */
export interface SubgraphRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
  headers: Record<string, string>;
  signal?: AbortSignal;
}

/** What a subgraph answered. The router never changes it: it may be shared or frozen. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
  headers?: Record<string, string | readonly string[]>;
}

/**
 * The way to one subgraph. `execute` rejects only when the subgraph cannot be reached or does not
 * speak GraphQL; errors of the operation come in the response. Returning from the iteration of
 * `subscribe` ends the subscription at the subgraph. It has to end when `signal` aborts too: an
 * async generator that waits for its next event hears of a `return` only afterwards.
 */
export interface SubgraphTransport {
  execute(request: SubgraphRequest): Promise<SubgraphResponse>;
  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse>;
  close?(): Promise<void>;
}

/** A subgraph as the supergraph schema names it. */
export interface Subgraph {
  name: string;
  url: string;
}
