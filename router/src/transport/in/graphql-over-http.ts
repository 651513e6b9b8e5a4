import { OperationTypeNode } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine, GraphQLRequest } from '../../engine.ts';
import { RequestError, toRequestError } from '../../errors.ts';
import { mediaType, refuseForgery } from '../../protection/csrf.ts';
import type { Caller } from '../../protection/caller.ts';
import type { Logger } from '../../system/logger.ts';
import { readBody } from './body.ts';
import { forwardedHeaders } from './client-headers.ts';
import { readParams, readSearchParams } from './graphql-params.ts';
import { negotiate, type AnswerType } from './negotiation.ts';

/** What serving GraphQL over HTTP needs. */
export interface GraphQLOverHttpOptions {
  readonly engine: Engine;
  readonly callerOf: (authorization: string | undefined) => Promise<Caller>;
  readonly maxBodyBytes: number;
  readonly trustedProxies: number;
  readonly log: Logger;
}

/** Answers requests as the GraphQL-over-HTTP specification says. */
export class GraphQLOverHttp {
  constructor(private readonly options: GraphQLOverHttpOptions) {}

  /** Answers one request; never rejects. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> {
    const type = negotiate(request.headers.accept);
    try {
      if (!type) {
        const message = 'Answers are application/graphql-response+json or application/json';
        throw RequestError.of('BAD_REQUEST', message, 406);
      }
      await this.answer(request, response, requestId, type);
    } catch (thrown) {
      const error = toRequestError(thrown);
      if (error !== thrown) this.options.log.error({ requestId, err: thrown }, 'A request failed');
      refuse(response, error, type ?? 'application/json');
    }
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    type: AnswerType,
  ): Promise<void> {
    const { engine, callerOf, trustedProxies } = this.options;
    refuseForgery(request.headers);
    const params = await this.params(request);
    const caller = await callerOf(request.headers.authorization);
    const prepared = engine.prepare(params);
    const { kind } = prepared.operation;
    if (request.method === 'GET' && kind !== OperationTypeNode.QUERY) {
      const headers = { allow: 'POST' };
      throw RequestError.of('BAD_REQUEST', 'GET is for queries: use POST', 405, headers);
    }
    const headers = forwardedHeaders(request, trustedProxies);
    // A query that nobody waits for is given up; a mutation runs to its end.
    const signal = kind === OperationTypeNode.QUERY ? abortOnClose(response) : undefined;
    const answer = await engine.execute(prepared, { requestId, caller, headers, signal });
    if (answer.cookies.length > 0) response.setHeader('set-cookie', answer.cookies);
    send(response, 200, type, answer.json);
  }

  private async params(request: IncomingMessage): Promise<GraphQLRequest> {
    if (request.method === 'GET') {
      return readSearchParams(new URL(request.url ?? '/', 'http://localhost').searchParams);
    }
    if (request.method !== 'POST') {
      const headers = { allow: 'GET, POST' };
      throw RequestError.of('BAD_REQUEST', 'Use GET or POST', 405, headers);
    }
    if (mediaType(request.headers['content-type']) !== 'application/json') {
      throw RequestError.of('BAD_REQUEST', 'The content type must be application/json', 415);
    }
    const body = await readBody(request, this.options.maxBodyBytes);
    return readParams(parseJson(body));
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw RequestError.of('BAD_REQUEST', 'The body is not valid JSON');
  }
}

/** Codes of well-formed requests whose document cannot run, which application/json answers with 200. */
const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

function refuse(response: ServerResponse, error: RequestError, type: AnswerType): void {
  const isOfDocument = DOCUMENT_CODES.has(error.errors[0]?.extensions?.['code']);
  const status = isOfDocument && type === 'application/json' ? 200 : error.status;
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
  send(response, status, type, JSON.stringify({ errors: error.errors }));
}

function send(response: ServerResponse, status: number, type: AnswerType, json: string): void {
  if (response.destroyed) return;
  const body = Buffer.from(json);
  response.writeHead(status, {
    'content-type': type + '; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

function abortOnClose(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
