import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from './log.ts';

/** Something the caller should know and cannot mend in the input: a missing right, a missing thing. */
export class DomainError extends GraphQLError {
  constructor(code: string, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { ...extensions, code } });
    this.name = 'DomainError';
  }
}

export const unauthenticated = (): DomainError =>
  new DomainError('UNAUTHENTICATED', 'Sign in to do this.');

export const forbidden = (message = 'You may not do this.'): DomainError =>
  new DomainError('FORBIDDEN', message);

export const notFound = (what: string): DomainError =>
  new DomainError('NOT_FOUND', `${what} does not exist.`);

/** Something the caller can put right, at a path in the input. */
export interface Problem {
  /** UPPER_SNAKE and stable. */
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

export const problem = (
  code: string,
  message: string,
  field: readonly string[] | null = null,
): Problem => ({ code, message, field });

/**
 * Ends a use case with what the caller can put right. Thrown inside a transaction it undoes everything;
 * a mutation whose payload has `userErrors` answers with the problems, any other field fails with them.
 */
export class Refusal extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join(' '));
    this.name = 'Refusal';
    this.problems = problems;
  }
}

/** `throw refused('OUT_OF_STOCK', 'There is no oat milk left.', ['lines', '0'])` */
export const refused = (
  code: string,
  message: string,
  field: readonly string[] | null = null,
): Refusal => new Refusal([problem(code, message, field)]);

/** The one place that decides what of an error leaves the process. */
export function maskError(
  error: GraphQLError,
  log: Logger,
  requestId: string,
): GraphQLFormattedError {
  const { message, locations, path } = error;
  const at = { ...(locations && { locations }), ...(path && { path }) };
  const cause = error.originalError;
  if (cause instanceof Refusal) {
    return {
      message,
      ...at,
      extensions: { code: 'BAD_USER_INPUT', problems: cause.problems },
    };
  }
  if (cause === undefined || cause === null || cause instanceof GraphQLError) {
    const code = error.extensions['code'] ?? 'GRAPHQL_VALIDATION_FAILED';
    return { message, ...at, extensions: { ...error.extensions, code } };
  }
  log.error({ requestId, path, err: cause }, 'a resolver failed');
  return {
    message: 'Something went wrong on our side.',
    ...at,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}
