import type { GraphQLFormattedError } from 'graphql';
import type { CacheStatistics } from '../caching/cache-statistics.ts';
import type { Logger } from '../system/logger.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { CancelSignal } from '../system/cancellation.ts';
import { Collected } from './collected.ts';
import { SharedObjects } from './shared-objects.ts';

/** An object of the answer in the making. */
export type Entity = Record<string, unknown>;

/** What a request brings along while its plan runs. */
export interface ExecutionRequest {
  readonly requestId: string;
  /** Variables as the client sent them, and with defaults filled in. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly coercedVariables: Readonly<Record<string, unknown>>;
  /** Headers for the subgraphs; asked for at each fetch, since some of them expire. */
  headers(): Record<string, string> | Promise<Record<string, string>>;
  /** The way to a subgraph for this request, where rules or hooks have to do with it. */
  readonly via?:
    ((subgraph: string, transport: SubgraphTransport) => SubgraphTransport) | undefined;
  readonly isVisitor: boolean;
  readonly signal?: CancelSignal;
  /** Is told what came from the cache, where the answer is to say so. */
  readonly cacheUse?: CacheStatistics | undefined;
  readonly log: Logger;
}

/** One execution of a plan: what is known so far and what went wrong. */
export interface Run {
  readonly request: ExecutionRequest;
  readonly data: Entity;
  readonly errors: GraphQLFormattedError[];
  readonly cookies: string[];
  readonly shared: SharedObjects;
  readonly collected: Collected;
  /** Hears of fetches that deferred parts build on when they are done. */
  readonly fetched?: ((id: string) => void) | undefined;
}

export function startRun(request: ExecutionRequest, data: Entity = {}): Run {
  const shared = new SharedObjects();
  return { request, data, errors: [], cookies: [], shared, collected: new Collected() };
}

/** A part of an answer, as the text of a JSON object that says whether it is the last. */
export interface AnswerPart extends Answer {
  readonly isLast: boolean;
}

/** The answer to an operation: its JSON text and the cookies that subgraphs set on the way. */
export interface Answer {
  readonly json: string;
  readonly cookies: readonly string[];
  /** What of it came from the cache, where it is to say so. */
  readonly cacheUse?: CacheStatistics | undefined;
  /** Headers for the client, by rules and hooks. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
