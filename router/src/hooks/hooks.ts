import type { GraphQLRequest } from '../engine.ts';
import type { Plan } from '../planning/plan.ts';
import type { Claims } from '../protection/caller.ts';
import type { SubgraphRequest, SubgraphResponse } from '../transport/subgraph-transport.ts';

/** Who asks, as hooks see it. */
export interface Asker {
  readonly requestId: string;
  /** The claims of the verified token; null for a visitor. */
  readonly claims: Claims | null;
}

/** A request as it came in, before anything of it is looked at. */
export interface RequestEvent extends Asker {
  readonly request: GraphQLRequest;
  /** Those of the client's headers that subgraphs may get. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where it came from; undefined for a caller in the same process. */
  readonly address: string | undefined;
}

/** A plan that was made for an operation. It is kept and runs any number of times. */
export interface PlanEvent {
  /** The operation as it is planned: without conditions and what is withheld from the caller. */
  readonly document: string;
  readonly operationName: string | undefined;
  readonly plan: Plan;
  /** The labels of progressive overrides that it was made with. */
  readonly overrideLabels: readonly string[];
}

/** A request that is about to go to a subgraph, a subscription included. */
export interface SubgraphRequestEvent extends Asker {
  readonly subgraph: string;
  readonly request: Readonly<SubgraphRequest>;
}

/** An answer that is about to go to the client. */
export interface ResponseEvent extends Asker {
  readonly operationName: string | undefined;
  /** The text of the answer, a JSON object. */
  readonly json: string;
  /** The headers that rules give it. */
  readonly headers: Readonly<Record<string, string>>;
}

type Given<Result> = Result | void | Promise<Result | void>;

/** Looks at a request, or gives another one in its place. Throwing a `RequestError` refuses it. */
export type OnRequest = (event: RequestEvent) => Given<GraphQLRequest>;

/** Hears of each plan when it is made. */
export type OnPlan = (event: PlanEvent) => void;

/**
 * Looks at what a subgraph is to be asked, gives what to change of it, or gives the answer in the subgraph's place; the answer
 * to a subscription is ignored. Equal requests of several clients may be sent once.
 */
export type OnSubgraphRequest = (
  event: SubgraphRequestEvent,
) => Given<
  { readonly request: Partial<SubgraphRequest> } | { readonly response: SubgraphResponse }
>;

/**
 * Looks at an answer, or gives another text or more headers. Each event of a subscription is an answer, once for all clients
 * that share it; it has no headers, and a refusal ends the subscription.
 */
export type OnResponse = (
  event: ResponseEvent,
) => Given<{ readonly json?: string; readonly headers?: Readonly<Record<string, string>> }>;

/**
 * Functions of whoever runs the router, called on the way of each request. What one throws is answered as an internal error and
 * logged, but for a `RequestError`, which the client is told; what `onSubgraphRequest` throws counts as a failure of its subgraph.
 * A hook that is not there costs nothing.
 */
export interface Hooks {
  readonly onRequest?: OnRequest;
  readonly onPlan?: OnPlan;
  readonly onSubgraphRequest?: OnSubgraphRequest;
  readonly onResponse?: OnResponse;
}
