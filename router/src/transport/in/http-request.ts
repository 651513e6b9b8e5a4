import type { IncomingMessage } from 'node:http';
import type { Engine, RequestContext } from '../../engine.ts';
import { RequestError } from '../../errors.ts';
import type { Caller } from '../../protection/caller.ts';
import { mediaType } from '../../protection/csrf.ts';
import { readBody } from './body.ts';
import { addressOf, forwardedHeaders, hasCredentials } from './client-headers.ts';
import { searchParams } from './graphql-params.ts';

/** What taking requests over HTTP needs. */
export interface HttpRequestOptions {
  readonly engine: Engine;
  readonly callerOf: (authorization: string | undefined) => Promise<Caller>;
  readonly maxBodyBytes: number;
  readonly trustedProxies: number;
}

/** The parameters of a GET or POST request, as its URL or its JSON says them. */
export async function paramsOf(request: IncomingMessage, maxBodyBytes: number): Promise<unknown> {
  if (request.method === 'GET') {
    return searchParams(new URL(request.url ?? '/', 'http://localhost').searchParams);
  }
  if (request.method !== 'POST') {
    const headers = { allow: 'GET, POST' };
    throw RequestError.of('BAD_REQUEST', 'Use GET or POST', 405, headers);
  }
  if (mediaType(request.headers['content-type']) !== 'application/json') {
    throw RequestError.of('BAD_REQUEST', 'The content type must be application/json', 415);
  }
  return parseJson(await readBody(request, maxBodyBytes));
}

/** Who asks, by a request. Rejects with a `RequestError` when the token is wrong. */
export async function contextOf(
  request: IncomingMessage,
  requestId: string,
  { engine, callerOf, trustedProxies }: HttpRequestOptions,
): Promise<RequestContext> {
  return {
    requestId,
    caller: await callerOf(request.headers.authorization),
    address: addressOf(request, trustedProxies),
    headers: forwardedHeaders(request, trustedProxies, engine.requestHeaders),
    hasCredentials: hasCredentials(request.headers),
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw RequestError.of('BAD_REQUEST', 'The body is not valid JSON');
  }
}
