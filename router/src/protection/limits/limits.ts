import { RequestError, type ErrorCode } from '../../errors.ts';
import type { OperationSize } from './operation-size.ts';

/** How much one request may ask for. What asks for more is refused before anything of it is carried out. */
export interface Limits {
  /** Words and signs of a document; the parser stops at the first one too many. */
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxFields: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  readonly maxRootFields: number;
  /** Items of a list in the variables. */
  readonly maxListItems: number;
  /** The estimated cost of an operation. */
  readonly maxCost: number;
  /** How long a list is taken to be when nothing says how long it is. */
  readonly listSize: number;
  /** Operations in one HTTP request; 1 refuses batches. */
  readonly maxBatch: number;
}

/**
 * Several times what the pages of a shop ask for. The introspection of IDEs, which is larger, fits in: 15 deep, 230 fields.
 */
export const defaultLimits: Limits = {
  maxTokens: 2_000,
  maxDepth: 20,
  maxFields: 400,
  maxAliases: 30,
  maxDirectives: 30,
  maxRootFields: 20,
  maxListItems: 1_000,
  maxCost: 30_000,
  listSize: 10,
  maxBatch: 1,
};

/** A limit was exceeded: the code says which, the extensions how far it goes. */
export function limitExceeded(
  code: ErrorCode,
  what: string,
  limit: number,
  { status = 400, headers = {}, ...details }: ExcessDetails = {},
): RequestError {
  const message = `${what}: ${limit} at most`;
  return new RequestError([{ message, extensions: { code, limit, ...details } }], status, headers);
}

/** What else is told of an excess. */
interface ExcessDetails {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cost?: number;
}

/** Throws a `RequestError` for the first limit that a document exceeds. */
export function refuseTooLarge(size: OperationSize, limits: Limits): void {
  const refuse = (code: ErrorCode, what: string, count: number, limit: number): void => {
    if (count > limit) throw limitExceeded(code, what, limit);
  };
  refuse('DEPTH_LIMIT_EXCEEDED', 'The operation is too deep', size.depth, limits.maxDepth);
  refuse(
    'ROOT_FIELD_LIMIT_EXCEEDED',
    'The operation has too many root fields',
    size.rootFields,
    limits.maxRootFields,
  );
  refuse(
    'ALIAS_LIMIT_EXCEEDED',
    'The operation has too many aliases',
    size.aliases,
    limits.maxAliases,
  );
  refuse(
    'DIRECTIVE_LIMIT_EXCEEDED',
    'The operation has too many directives',
    size.directives,
    limits.maxDirectives,
  );
  refuse(
    'FIELD_LIMIT_EXCEEDED',
    'The operation has too many fields',
    size.fields,
    limits.maxFields,
  );
}
