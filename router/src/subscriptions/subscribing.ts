import type { PreparedRequest, RequestContext } from '../engine.ts';
import type { ExecutionRequest } from '../execution/run.ts';
import type { ExecutableSubscription } from '../execution/subscription.ts';
import { claimsOfCaller, visitor } from '../protection/caller.ts';

/** A client's wish to follow a subscription, checked and compiled. */
export interface Subscribing {
  readonly prepared: PreparedRequest;
  readonly context: RequestContext;
  /** Compiled for callers with the same rights. */
  readonly executable: ExecutableSubscription;
  /** What fetches for it are made by, as far as subgraphs hear of who asks. */
  toExecution(
    prepared: PreparedRequest,
    context: RequestContext,
    signal: AbortSignal,
  ): ExecutionRequest;
}

/** What tells of a connection and not of who asks. Subgraphs do not get it with subscriptions, or no two clients could share one. */
const OF_THE_CONNECTION = new Set([
  ...['user-agent', 'x-forwarded-for', 'traceparent', 'tracestate', 'x-request-id'],
]);

/** What would let subgraphs tell one caller from another. */
const OF_THE_CALLER = new Set(['cookie', 'authorization']);

/** What subgraphs get to see of the clients of a subscription: exactly what all who share it have in common. */
export function sharedContext(context: RequestContext, isPublic: boolean): RequestContext {
  const headers = Object.entries(context.headers).filter(
    ([name]) => !OF_THE_CONNECTION.has(name) && !(isPublic && OF_THE_CALLER.has(name)),
  );
  return {
    requestId: context.requestId,
    caller: isPublic ? visitor : context.caller,
    address: undefined,
    headers: Object.fromEntries(headers),
    hasCredentials: !isPublic && context.hasCredentials,
  };
}

/** Whoever has the same key can be given the same events: what is asked, and who subgraphs think asks. */
export function sharingKey({ prepared }: Subscribing, { caller, headers }: RequestContext): string {
  const { query, operationName, variables, labels } = prepared;
  return canonical([
    query,
    operationName ?? '',
    variables,
    labels.key,
    caller.claims && claimsOfCaller(caller.claims),
    headers,
  ]);
}

/** JSON that is the same for equal values, in whichever order their keys came. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
