import type { GraphQLFormattedError } from 'graphql';

/** Codes of failures that the server has no word for. */
export type ClientCode =
  /** Nobody answered. */
  | 'UNREACHABLE'
  /** The answer is not GraphQL. */
  | 'BAD_RESPONSE'
  /** A subscription's connection ended before the subscription did. */
  | 'CONNECTION_CLOSED'
  /** There is no WebSocket here; pass `webSocketImpl`. */
  | 'NO_WEBSOCKET';

interface Details {
  readonly errors?: readonly GraphQLFormattedError[];
  readonly data?: unknown;
  readonly status?: number;
  readonly cause?: unknown;
}

/** Why there is no complete answer. What a mutation refuses in `userErrors` is an answer, and none of these. */
export class CremaError extends Error {
  /** All errors of the answer; the message and the code are the first one's. */
  readonly errors: readonly GraphQLFormattedError[];
  /** What of the answer there is in spite of the errors. */
  readonly data: unknown;
  /** The HTTP status, or the code by which a WebSocket was closed. */
  readonly status: number | undefined;

  constructor(
    /** UPPER_SNAKE and stable: `FORBIDDEN`, `UNAUTHENTICATED`, … or one of ClientCode. */
    readonly code: string,
    message: string,
    { errors = [], data, status, cause }: Details = {},
  ) {
    super(message, { cause });
    this.name = 'CremaError';
    this.errors = errors;
    this.data = data;
    this.status = status;
  }

  static of(
    errors: readonly GraphQLFormattedError[],
    details: Omit<Details, 'errors'> = {},
  ): CremaError {
    const code = errors[0]?.extensions?.['code'];
    return new CremaError(
      typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
      errors[0]?.message ?? 'The request failed.',
      { ...details, errors },
    );
  }
}
