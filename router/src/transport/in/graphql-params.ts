import type { GraphQLRequest } from '../../engine.ts';
import { RequestError } from '../../errors.ts';

/** Checks the parameters of a GraphQL request, as JSON gave them. */
export function readParams(params: unknown): GraphQLRequest {
  if (Array.isArray(params)) {
    throw RequestError.of('BAD_REQUEST', 'Batches are not supported: send one operation a request');
  }
  if (!isObject(params)) throw RequestError.of('BAD_REQUEST', 'The body must be a JSON object');
  const { query, operationName, variables, extensions } = params;
  if (query === undefined || query === null || query === '') {
    throw RequestError.of('BAD_REQUEST', 'The parameter "query" is missing');
  }
  if (typeof query !== 'string') {
    throw RequestError.of('BAD_REQUEST', 'The parameter "query" must be a string');
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
  return {
    query,
    operationName: isPresent(operationName) ? operationName : undefined,
    variables: isPresent(variables) ? variables : undefined,
  };
}

/** Reads the parameters of a GET request from its URL. */
export function readSearchParams(search: URLSearchParams): GraphQLRequest {
  return readParams({
    query: search.get('query') ?? undefined,
    operationName: search.get('operationName') ?? undefined,
    variables: readJson(search.get('variables'), 'variables'),
    extensions: readJson(search.get('extensions'), 'extensions'),
  });
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
