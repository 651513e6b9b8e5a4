import { OperationTypeNode } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PreparedRequest, RequestContext } from '../../engine.ts';
import { RequestError } from '../../errors.ts';
import type { Answer } from '../../execution/run.ts';
import { refuseForgery } from '../../protection/csrf.ts';
import { Cancellation, type Canceller } from '../../system/cancellation.ts';
import { addressOf } from './client-headers.ts';
import { readBatch, readParams } from './graphql-params.ts';
import { sendInParts } from './answer-in-parts.ts';
import { FORMATS, refuse, sendAnswer, setHeadersOf } from './http-answer.ts';
import { contextOf, paramsOf } from './http-request.ts';
import { negotiate, type Accepted } from './negotiation.ts';
import { SseOverHttp, type SseOverHttpOptions } from './sse-over-http.ts';
import { StreamingSubscriptions } from './streaming-subscriptions.ts';
import { told } from './told.ts';

/** What serving GraphQL over HTTP needs. */
export interface GraphQLOverHttpOptions extends SseOverHttpOptions {
  readonly maxBatch: number;
}

/** Answers requests as the GraphQL-over-HTTP specification says, and subscriptions by streams. */
export class GraphQLOverHttp {
  private readonly subscriptions: StreamingSubscriptions;
  private readonly eventStreams: SseOverHttp;

  constructor(private readonly options: GraphQLOverHttpOptions) {
    this.subscriptions = new StreamingSubscriptions(options);
    this.eventStreams = new SseOverHttp(options);
  }

  /** Answers one request; never rejects. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> {
    if (this.eventStreams.isMeant(request)) {
      return this.eventStreams.handle(request, response, requestId);
    }
    const accepted = negotiate(request.headers.accept);
    try {
      await this.answer(request, response, requestId, accepted);
    } catch (thrown) {
      const error = told(thrown, requestId, this.options.log);
      refuse(response, error, accepted.single ?? 'application/json');
    }
  }

  /** Ends all streams, and with them what clients subscribed to. */
  async close(): Promise<void> {
    this.subscriptions.close();
    await this.eventStreams.close();
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    { single, stream, inParts }: Accepted,
  ): Promise<void> {
    const { engine, maxBatch, maxBodyBytes, trustedProxies } = this.options;
    if (!single) {
      const message = 'Answers are application/graphql-response+json or application/json';
      throw RequestError.of('BAD_REQUEST', message, 406);
    }
    engine.admit(addressOf(request, trustedProxies));
    refuseForgery(request.headers);
    const params = await paramsOf(request, maxBodyBytes);
    const context = await contextOf(request, requestId, this.options);
    const batch = readBatch(params, maxBatch);
    if (batch) {
      const json = await this.answerAll(batch, request, response, context);
      return sendAnswer(response, single, { json });
    }
    const prepared = await engine.prepare(readParams(params), context);
    const parts = inParts ? engine.inParts(prepared, context) : undefined;
    if (parts) {
      return sendInParts(response, parts, abortOnClose(response), requestId, this.options);
    }
    const { kind } = prepared.operation;
    if (kind !== OperationTypeNode.SUBSCRIPTION) {
      const answer = await this.execute(prepared, request, response, context);
      return sendAnswer(response, single, answer);
    }
    if (!stream) throw RequestError.of('BAD_REQUEST', HOW_TO_SUBSCRIBE, 406);
    if (!response.destroyed) {
      this.subscriptions.start(response, FORMATS[stream], prepared, context);
    }
  }

  /** The answers to the operations of a batch, as a JSON list. */
  private async answerAll(
    batch: readonly unknown[],
    request: IncomingMessage,
    response: ServerResponse,
    context: RequestContext,
  ): Promise<string> {
    const { engine, log } = this.options;
    const answers = batch.map(async (params, index) => {
      try {
        if (index > 0) engine.admit(context.address);
        const prepared = await engine.prepare(readParams(params), context);
        return (await this.execute(prepared, request, response, context)).json;
      } catch (thrown) {
        return JSON.stringify({ errors: told(thrown, context.requestId, log).errors });
      }
    });
    const texts = await Promise.all(answers);
    // What one of them says of itself is not true of all.
    response.removeHeader('cache-control');
    return `[${texts.join(',')}]`;
  }

  /** The answer to a query or mutation. Rejects when nothing of it was carried out. */
  private async execute(
    prepared: PreparedRequest,
    request: IncomingMessage,
    response: ServerResponse,
    context: RequestContext,
  ): Promise<Answer> {
    const { kind } = prepared.operation;
    if (request.method === 'GET' && kind !== OperationTypeNode.QUERY) {
      const headers = { allow: 'POST' };
      throw RequestError.of('BAD_REQUEST', 'GET is for queries: use POST', 405, headers);
    }
    // A query that nobody waits for is given up; a mutation runs to its end.
    const controller = kind === OperationTypeNode.QUERY ? abortOnClose(response) : undefined;
    const { engine } = this.options;
    const answer = await engine.execute(prepared, { ...context, controller });
    setHeadersOf(answer, response);
    return answer;
  }
}

const HOW_TO_SUBSCRIBE =
  'Subscribe with accept: text/event-stream, multipart/mixed;subscriptionSpec=1.0, or over WebSocket';

function abortOnClose(response: ServerResponse): Canceller {
  const controller = new Cancellation();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller;
}
