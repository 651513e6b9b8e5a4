import type { GraphQLFormattedError } from 'graphql';

/** Every `extensions.code` the router itself gives. Clients may rely on them. */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'BAD_USER_INPUT'
  | 'BODY_LIMIT_EXCEEDED'
  | 'BATCH_LIMIT_EXCEEDED'
  | 'TOKEN_LIMIT_EXCEEDED'
  | 'DEPTH_LIMIT_EXCEEDED'
  | 'FIELD_LIMIT_EXCEEDED'
  | 'ALIAS_LIMIT_EXCEEDED'
  | 'DIRECTIVE_LIMIT_EXCEEDED'
  | 'ROOT_FIELD_LIMIT_EXCEEDED'
  | 'LIST_LIMIT_EXCEEDED'
  | 'COST_LIMIT_EXCEEDED'
  | 'RATE_LIMITED'
  | 'REQUEST_TIMEOUT'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'QUERY_NOT_IN_SAFELIST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'AUTHENTICATION_UNAVAILABLE'
  /** A subgraph could not be reached, broke off, or did not speak GraphQL; `extensions.subgraph` names it.
   * With `extensions.reason` `CIRCUIT_OPEN` it was not asked, because it failed too often of late. */
  | 'SUBGRAPH_UNAVAILABLE'
  /** A subgraph took longer than a call to it may. A mutation may have been carried out. */
  | 'SUBGRAPH_TIMEOUT'
  /** A subgraph was not asked, because too many calls to it are under way. */
  | 'SUBGRAPH_OVERLOADED'
  | 'INVALID_SUBGRAPH_RESPONSE'
  | 'GOING_AWAY'
  | 'STREAM_LIMIT_EXCEEDED'
  | 'SUBSCRIPTION_GONE'
  | 'TOO_SLOW'
  | 'INTERNAL_SERVER_ERROR';

/** The same in all copies of this package. Hooks may have another one than the router that they are loaded into. */
const BRAND = Symbol.for('@crema/router:RequestError');

/** A request that is answered with errors alone: nothing of it was executed. Those of all copies of this package are instances. */
export class RequestError extends Error {
  readonly [BRAND] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  constructor(
    readonly errors: readonly GraphQLFormattedError[],
    readonly status: number,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errors.map((error) => error.message).join(' '));
    this.name = 'RequestError';
  }

  /** The usual case: one message under one code. */
  static of(
    code: ErrorCode,
    message: string,
    status = 400,
    headers: Readonly<Record<string, string>> = {},
  ): RequestError {
    return new RequestError([{ message, extensions: { code } }], status, headers);
  }
}

/** What a client is told of a fault that is none of its business. */
export const internalError: GraphQLFormattedError = {
  message: 'Internal server error',
  extensions: { code: 'INTERNAL_SERVER_ERROR' },
};

/** What the clients of streams are told when the router closes. */
export const goingAway: GraphQLFormattedError = {
  message: 'The router closes: ask again',
  extensions: { code: 'GOING_AWAY' },
};

/** What the client of a subscription is told when its token has ended. */
export const tokenExpired: GraphQLFormattedError = {
  message: 'The token has expired',
  extensions: { code: 'UNAUTHENTICATED' },
};

/** The one place where something thrown becomes what a client may see. */
export function toRequestError(thrown: unknown): RequestError {
  return thrown instanceof RequestError ? thrown : new RequestError([internalError], 500);
}
