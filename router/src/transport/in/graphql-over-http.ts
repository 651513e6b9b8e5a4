import { OperationTypeNode } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine, RequestContext } from '../../engine.ts';
import { RequestError, toRequestError } from '../../errors.ts';
import { mediaType, refuseForgery } from '../../protection/csrf.ts';
import type { Caller } from '../../protection/caller.ts';
import type { Logger } from '../../system/logger.ts';
import { readBody } from './body.ts';
import { addressOf, forwardedHeaders } from './client-headers.ts';
import { readBatch, readParams, searchParams } from './graphql-params.ts';
import { negotiate, type AnswerType } from './negotiation.ts';

/** What serving GraphQL over HTTP needs. */
export interface GraphQLOverHttpOptions {
  readonly engine: Engine;
  readonly callerOf: (authorization: string | undefined) => Promise<Caller>;
  readonly maxBodyBytes: number;
  readonly maxBatch: number;
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
      refuse(response, this.told(thrown, requestId), type ?? 'application/json');
    }
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    type: AnswerType,
  ): Promise<void> {
    const { engine, callerOf, trustedProxies, maxBatch } = this.options;
    const address = addressOf(request, trustedProxies);
    engine.admit(address);
    refuseForgery(request.headers);
    const params = await this.params(request);
    const caller = await callerOf(request.headers.authorization);
    const headers = forwardedHeaders(request, trustedProxies);
    const context = { requestId, caller, address, headers };
    const batch = readBatch(params, maxBatch);
    if (!batch)
      return send(response, 200, type, await this.execute(params, request, response, context));

    const answers = batch.map(async (one, index) => {
      try {
        if (index > 0) engine.admit(address);
        return await this.execute(one, request, response, context);
      } catch (thrown) {
        return JSON.stringify({ errors: this.told(thrown, requestId).errors });
      }
    });
    send(response, 200, type, `[${(await Promise.all(answers)).join(',')}]`);
  }

  /** The answer to one operation, as JSON. Rejects when nothing of it was carried out. */
  private async execute(
    params: unknown,
    request: IncomingMessage,
    response: ServerResponse,
    context: RequestContext,
  ): Promise<string> {
    const { engine } = this.options;
    const prepared = await engine.prepare(readParams(params), context);
    const { kind } = prepared.operation;
    if (request.method === 'GET' && kind !== OperationTypeNode.QUERY) {
      const headers = { allow: 'POST' };
      throw RequestError.of('BAD_REQUEST', 'GET is for queries: use POST', 405, headers);
    }
    // A query that nobody waits for is given up; a mutation runs to its end.
    const controller = kind === OperationTypeNode.QUERY ? abortOnClose(response) : undefined;
    const { json, cookies } = await engine.execute(prepared, { ...context, controller });
    for (const cookie of cookies) response.appendHeader('set-cookie', cookie);
    return json;
  }

  private told(thrown: unknown, requestId: string): RequestError {
    const error = toRequestError(thrown);
    if (error !== thrown) this.options.log.error({ requestId, err: thrown }, 'A request failed');
    return error;
  }

  private async params(request: IncomingMessage): Promise<unknown> {
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
    const body = await readBody(request, this.options.maxBodyBytes);
    return parseJson(body);
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

function abortOnClose(response: ServerResponse): AbortController {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller;
}
