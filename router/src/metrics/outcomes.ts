import { RequestError } from '../errors.ts';
import { CircuitOpenError, SubgraphFailure } from '../resilience/subgraph-failures.ts';
import type { CancelSignal } from '../system/cancellation.ts';
import type { Outcome } from './metrics.ts';

/** Nobody waits for it any more. */
export const ABANDONED: Outcome = 'abandoned';

/** How a request ended that something was thrown for. */
export function outcomeOfRequest(thrown: unknown, signal?: CancelSignal): Outcome {
  if (thrown instanceof RequestError) return codeOf(thrown.errors);
  return signal?.aborted ? ABANDONED : 'INTERNAL_SERVER_ERROR';
}

/** The code of the first error. */
export function codeOf(errors: RequestError['errors']): Outcome {
  const code = errors[0]?.extensions?.['code'];
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}

/** How a call to a subgraph ended that failed. */
export function outcomeOfCall(reason: unknown, signal: CancelSignal | undefined): Outcome {
  if (reason instanceof CircuitOpenError) return reason.details.reason;
  if (reason instanceof SubgraphFailure) return reason.code;
  return signal?.aborted ? ABANDONED : 'SUBGRAPH_UNAVAILABLE';
}
