import type { OperationTypeNode } from 'graphql';
import type { CacheStatistics } from '../caching/cache-statistics.ts';
import type { CircuitState } from '../resilience/circuit-breaker.ts';
import type { Sources } from '../subscriptions/sources.ts';
import type { Takeover } from '../supergraph/takeover.ts';

/** `unknown` where a request was refused before its operation was found. */
export type OperationKind = `${OperationTypeNode}` | 'unknown';

/**
 * How something ended: `ok`; `errors` for an answer with errors in it; `abandoned` when nobody waited for it any more; else
 * the code of the error that took its place. Names few things, whatever clients ask for.
 */
export type Outcome = string;

/** What a router counts of its work. Whoever implements it is called on the way of each request, so it must be quick. */
export interface Metrics {
  /** A request to the GraphQL path was answered; the status is undefined when its client had left before. */
  httpAnswered(method: string, status: number | undefined): void;
  /** An operation came to its end. The seconds are undefined where they would tell nothing of the router's work. */
  operationEnded(kind: OperationKind, outcome: Outcome, seconds: number | undefined): void;
  /** A subgraph's answer was needed. The seconds are undefined where the subgraph was not asked for it. */
  subgraphAsked(subgraph: string, outcome: Outcome, seconds: number | undefined): void;
  /** The state of a subgraph's circuit, from the first one on. */
  circuitBecame(subgraph: string, state: CircuitState): void;
  subscriptionBegan(): void;
  subscriptionEnded(): void;
  // What follows is kept where it happens, and looked at when somebody wants to know.
  cacheCounts(statistics: CacheStatistics): void;
  /** The subscriptions at subgraphs. */
  sources(sources: Pick<Sources, 'size'>): void;
  /** Which supergraphs were served, and which could not be. */
  takeovers(takeover: Pick<Takeover, 'counts' | 'status'>): void;
}
