import { SubgraphTimeoutError } from '../../resilience/subgraph-failures.ts';
import { SubscriptionLostError } from '../subgraph-transport.ts';

/** An instance answered over HTTP, but with no GraphQL response. */
export class NotGraphQLError extends Error {
  constructor(
    readonly status: number,
    /** After how long it wants to be asked again; undefined when it did not say so. */
    readonly retryAfterMs: number | undefined,
  ) {
    super(`Answered ${status} without a GraphQL response`);
    this.name = 'NotGraphQLError';
  }
}

/** Errors of making a connection: what was to be sent over it was not. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Errors of a connection that was there. The request may have been carried out. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_SOCKET']);

/** Whether the request certainly was not carried out, so that another instance can be asked, even to change something. */
export function wasNeverProcessed(reason: unknown): boolean {
  if (reason instanceof SubscriptionLostError) return !reason.wasOpen;
  // With 503 `retry-after` says that nothing was done (RFC 9110, 15.6.4).
  if (reason instanceof NotGraphQLError) return reason.status === 503 && isToldToRetry(reason);
  return NEVER_CONNECTED.has(codeOf(reason));
}

/** Whether another instance may well answer what this one did not. */
export function isWorthRepeating(reason: unknown): boolean {
  if (reason instanceof NotGraphQLError) return isGateway(reason) || isToldToRetry(reason);
  return wasNeverProcessed(reason) || BROKEN.has(codeOf(reason));
}

/** How long to wait at least before asking again. */
export const retryAfterMsOf = (reason: unknown): number =>
  (reason instanceof NotGraphQLError && reason.retryAfterMs) || 0;

/** Whether the failure speaks against the instance, and not against the request. */
export function isFaultOfInstance(reason: unknown): boolean {
  return (
    reason instanceof SubscriptionLostError ||
    reason instanceof SubgraphTimeoutError ||
    isWorthRepeating(reason)
  );
}

const isGateway = ({ status }: NotGraphQLError): boolean => status >= 502 && status <= 504;

const isToldToRetry = ({ retryAfterMs }: NotGraphQLError): boolean => retryAfterMs !== undefined;

/** A host with several addresses that were all tried in vain makes one error of many. */
function codeOf(reason: unknown): string {
  if (typeof reason !== 'object' || reason === null) return '';
  if ('code' in reason && typeof reason.code === 'string') return reason.code;
  return reason instanceof AggregateError ? codeOf(reason.errors[0]) : '';
}
