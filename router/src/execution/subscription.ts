import type { RootFetch } from '../planning/plan.ts';
import { streamPositionOf, type StreamPosition } from '../subscriptions/resumption.ts';
import type { SubgraphResponse, SubgraphTransport } from '../transport/subgraph-transport.ts';
import { Fetch, rootFields } from './fetch.ts';
import { renamedPath } from './rewrites.ts';
import { startRun, type Answer, type ExecutionRequest, type Run } from './run.ts';
import { rootMerge, type PlanSurroundings } from './steps.ts';

/** A compiled subscription, in the parts that are needed to carry it from one plan to another. */
export interface ExecutableSubscription {
  /** What is asked where: an upstream goes on under each plan that asks the same. */
  readonly upstream: Upstream;
  readonly position: StreamPosition;
  /** Subscribes at the subgraph, with other values of some variables; how long to wait for it in milliseconds. */
  open(
    request: ExecutionRequest,
    variables: Readonly<Record<string, unknown>>,
    patienceMs: number,
  ): Promise<AsyncIterable<SubgraphResponse>>;
  /** The answer to an event, with what other subgraphs know. */
  answer(request: ExecutionRequest, event: SubgraphResponse): Promise<Answer>;
  /** The answer that tells that the subgraph is lost. */
  lost(request: ExecutionRequest, reason: unknown): Promise<Answer>;
}

/** The request that a subscription lives on. */
export interface Upstream {
  readonly transport: SubgraphTransport;
  readonly operation: string;
}

/** Whether two plans ask the same of the same subgraph. */
export function areSame(a: Upstream, b: Upstream): boolean {
  return a.transport === b.transport && a.operation === b.operation;
}

/** Compiles the fetch that a subscription lives on; `finish` does the rest of the plan for an event. */
export function compileSubscription(
  primary: RootFetch,
  around: PlanSurroundings,
  finish: (run: Run) => Promise<Answer>,
): ExecutableSubscription {
  const fetch = new Fetch(primary, rootFields(primary.operation), around);
  const merge = rootMerge(primary, [], around);
  return {
    upstream: { transport: fetch.transport, operation: primary.operation },
    position: streamPositionOf(primary.operation),
    open: (request, variables, patienceMs) => fetch.open(request, variables, patienceMs),
    answer(request, event) {
      const run = startRun(request);
      if (event.errors) {
        fetch.reportErrors(run, event, (at) => [at && renamedPath(primary.outputRewrites, at)]);
      }
      if (event.data) merge(run.data, event.data, false);
      return finish(run);
    },
    lost(request, reason) {
      const run = startRun(request);
      fetch.reportUnavailable(run, reason);
      return finish(run);
    },
  };
}
