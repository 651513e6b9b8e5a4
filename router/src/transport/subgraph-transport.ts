import type { GraphQLFormattedError } from 'graphql';
import type { CacheStatistics } from '../caching/cache-statistics.ts';
import type { CancelSignal } from '../system/cancellation.ts';

/** One operation for one subgraph. */
export interface SubgraphRequest {
  query: string;
  variables: Record<string, unknown>;
  /** The variables as JSON, where they have been written already. */
  variablesText?: string;
  operationName?: string;
  headers: Record<string, string>;
  /** `abortSignalOf` makes one for the platform of it. */
  signal?: CancelSignal;
  /** Aborts `signal`, when that is for this call alone: another signal for each step of a call would cost more than the steps. */
  abort?(reason: Error): void;
  /** How long a subscription waits for its subgraph to come back when it is gone. Default: not at all. */
  patienceMs?: number;
  /** Changes when older answers must not be used any more: requests of different freshness never share one. */
  freshness?: string | undefined;
  /** Is told what of the answer came from the cache. */
  cacheUse?: CacheStatistics | undefined;
}

/** What a subgraph answered. The router never changes it unless it is said to be unshared: it may be frozen. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
  headers?: Record<string, string | readonly string[]>;
  /** Nobody else holds the data, so that whoever asked may change it. */
  isUnshared?: boolean | undefined;
}

/** A subscription ended because the connection to its subgraph did, not because the subgraph said so. */
export class SubscriptionLostError extends Error {
  constructor(
    message: string,
    /** Whether the subgraph had taken the subscription. Else it was never sent. */
    readonly wasOpen: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SubscriptionLostError';
  }
}

/**
 * The way to one subgraph. `execute` rejects only when the subgraph cannot be reached or does not
 * speak GraphQL; errors of the operation come in the response. Returning from the iteration of
 * `subscribe` ends the subscription at the subgraph. It has to end when `signal` aborts too: an
 * async generator that waits for its next event hears of a `return` only afterwards. A connection
 * that breaks is told by a `SubscriptionLostError`.
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
