import type { GraphQLFormattedError } from 'graphql';
import { internalError } from '../errors.ts';
import { SubgraphFailure } from '../resilience/subgraph-failures.ts';
import type { ResponsePath } from './place.ts';

/** Codes by which a subgraph says that the router's own request was wrong, not the client's. */
const FAULTS_OF_OURS = new Set([
  'INTERNAL_SERVER_ERROR',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'DOWNSTREAM_SERVICE_ERROR',
]);

/** Extensions that tell of a subgraph's inside. */
const INTERNALS = new Set(['stacktrace', 'exception', 'serviceName', 'service', 'originalError']);

/** Whether an error of a subgraph was meant for the client: it has a code that is not a fault. */
export function isMeantForClient(error: GraphQLFormattedError): boolean {
  const code = error.extensions?.['code'];
  return typeof code === 'string' && !FAULTS_OF_OURS.has(code);
}

/** An error of a subgraph as the client may see it: with its code and details, or masked. */
export function toClientError(
  error: GraphQLFormattedError,
  path: ResponsePath | undefined,
): GraphQLFormattedError {
  if (!isMeantForClient(error)) return at(path, internalError);
  const extensions = Object.fromEntries(
    Object.entries(error.extensions ?? {}).filter(([name]) => !INTERNALS.has(name)),
  );
  return at(path, { message: error.message, extensions });
}

/** The error for a subgraph that gave no answer: what kind of failure it was, and nothing of where it happened. */
export function unavailable(
  subgraph: string,
  path: ResponsePath | undefined,
  reason: unknown,
): GraphQLFormattedError {
  const { code, predicate, details } = reason instanceof SubgraphFailure ? reason : UNAVAILABLE;
  return at(path, {
    message: `The subgraph "${subgraph}" ${predicate}`,
    extensions: { code, subgraph, ...details },
  });
}

const UNAVAILABLE = {
  code: 'SUBGRAPH_UNAVAILABLE',
  predicate: 'is unavailable',
  details: {},
} as const;

function at(
  path: ResponsePath | undefined,
  error: Omit<GraphQLFormattedError, 'path'>,
): GraphQLFormattedError {
  return path && path.length > 0 ? { ...error, path } : error;
}
