import type { GraphQLRequest } from '../../engine.ts';
import { RequestError } from '../../errors.ts';
import { limitExceeded } from '../../protection/limits/limits.ts';

/**
 * The requests of a batch, which is an array; undefined for what is none. Throws a `RequestError` for a batch that has no
 * requests or more than so many.
 */
export function readBatch(params: unknown, maxBatch: number): readonly unknown[] | undefined {
  if (!Array.isArray(params)) return undefined;
  if (maxBatch <= 1) {
    const what = 'Batches are not allowed, so the operations of a request are too many';
    throw limitExceeded('BATCH_LIMIT_EXCEEDED', what, 1);
  }
  if (params.length > maxBatch) {
    throw limitExceeded('BATCH_LIMIT_EXCEEDED', 'The batch has too many operations', maxBatch);
  }
  if (params.length === 0) throw RequestError.of('BAD_REQUEST', 'The batch is empty');
  return params as unknown[];
}

/** Checks the parameters of a GraphQL request, as JSON gave them. */
export function readParams(params: unknown): GraphQLRequest {
  if (!isObject(params)) throw RequestError.of('BAD_REQUEST', 'The body must be a JSON object');
  const { query, operationName, variables, extensions, documentId } = params;
  if (isPresent(query) && typeof query !== 'string') {
    throw RequestError.of('BAD_REQUEST', 'The parameter "query" must be a string');
  }
  if (isPresent(documentId) && typeof documentId !== 'string') {
    throw RequestError.of('BAD_REQUEST', 'The parameter "documentId" must be a string');
  }
  if (isPresent(operationName) && typeof operationName !== 'string') {
    throw RequestError.of('BAD_REQUEST', 'The parameter "operationName" must be a string');
  }
  if (isPresent(variables) && !isObject(variables)) {
    throw RequestError.of('BAD_REQUEST', 'The parameter "variables" must be an object');
  }
  if (isPresent(extensions) && !isObject(extensions)) {
    throw RequestError.of('BAD_REQUEST', 'The parameter "extensions" must be an object');
  }
  const persistedId = documentId ?? persistedIdIn(extensions ?? {});
  if (!query && !persistedId) {
    throw RequestError.of('BAD_REQUEST', 'The parameter "query" is missing');
  }
  return {
    query: query || undefined,
    persistedId: persistedId || undefined,
    operationName: isPresent(operationName) ? operationName : undefined,
    variables: isPresent(variables) ? variables : undefined,
  };
}

/** The parameters of a GET request, from its URL. */
export function searchParams(search: URLSearchParams): Record<string, unknown> {
  return {
    query: search.get('query') ?? undefined,
    documentId: search.get('documentId') ?? undefined,
    operationName: search.get('operationName') ?? undefined,
    variables: readJson(search.get('variables'), 'variables'),
    extensions: readJson(search.get('extensions'), 'extensions'),
  };
}

/** The id that Apollo's clients send: the SHA-256 of the text, or what the manifest says. */
function persistedIdIn({ persistedQuery }: Record<string, unknown>): string | undefined {
  if (!isPresent(persistedQuery)) return undefined;
  if (!isObject(persistedQuery) || persistedQuery['version'] !== 1) {
    throw RequestError.of('BAD_REQUEST', 'extensions.persistedQuery must have the version 1');
  }
  const { sha256Hash } = persistedQuery;
  if (typeof sha256Hash !== 'string') {
    throw RequestError.of('BAD_REQUEST', 'extensions.persistedQuery.sha256Hash must be a string');
  }
  return sha256Hash;
}

function readJson(text: string | null, name: string): unknown {
  if (text === null || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw RequestError.of('BAD_REQUEST', `The parameter "${name}" is not valid JSON`);
  }
}

function isPresent<T>(value: T | undefined | null): value is T {
  return value !== undefined && value !== null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
