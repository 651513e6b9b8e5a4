import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestError } from '../../errors.ts';
import { refuseForgery } from '../../protection/csrf.ts';
import { addressOf } from './client-headers.ts';
import { readParams } from './graphql-params.ts';
import { refuse, send } from './http-answer.ts';
import { contextOf, paramsOf, type HttpRequestOptions } from './http-request.ts';
import { negotiate } from './negotiation.ts';
import {
  operationIdIn,
  operationIdOf,
  reservationToken,
  SseReservations,
  type SseReservationsOptions,
} from './sse-reservations.ts';
import { told } from './told.ts';

/** What serving single connections needs. */
export interface SseOverHttpOptions extends HttpRequestOptions, SseReservationsOptions {}

const TEXT = 'text/plain; charset=utf-8';

/** The requests of GraphQL over SSE with one connection for many operations. */
export class SseOverHttp {
  private readonly reservations: SseReservations;

  constructor(private readonly options: SseOverHttpOptions) {
    this.reservations = new SseReservations(options);
  }

  /** Whether a request is one of these: it makes a reservation or shows the token of one. */
  isMeant(request: IncomingMessage): boolean {
    return request.method === 'PUT' || reservationToken(request) !== undefined;
  }

  /** Answers one request; never rejects. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> {
    const { engine, trustedProxies, log } = this.options;
    try {
      engine.admit(addressOf(request, trustedProxies));
      await this.answer(request, response, requestId);
    } catch (thrown) {
      refuse(response, told(thrown, requestId, log), 'application/graphql-response+json');
    }
  }

  close(): Promise<void> {
    return this.reservations.close();
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> {
    const token = reservationToken(request) ?? '';
    switch (request.method) {
      case 'PUT':
        // Who shows a bad token is told so before anything is reserved.
        await contextOf(request, requestId, this.options);
        return send(response, 201, TEXT, this.reservations.reserve());
      case 'GET':
        if (negotiate(request.headers.accept).stream !== 'text/event-stream') {
          throw RequestError.of('BAD_REQUEST', 'The answer is a text/event-stream', 406);
        }
        return this.reservations.connect(token, response);
      case 'POST':
        await this.start(token, request, requestId);
        return send(response, 202, TEXT, '');
      case 'DELETE':
        this.reservations.find(token).stop(operationIdOf(request));
        return send(response, 200, TEXT, '');
      default: {
        const headers = { allow: 'GET, POST, PUT, DELETE' };
        throw RequestError.of('BAD_REQUEST', 'Use GET, POST, PUT or DELETE', 405, headers);
      }
    }
  }

  private async start(token: string, request: IncomingMessage, requestId: string): Promise<void> {
    const { engine, maxBodyBytes } = this.options;
    refuseForgery(request.headers);
    this.reservations.find(token);
    const params = await paramsOf(request, maxBodyBytes);
    const id = operationIdIn(params);
    const context = await contextOf(request, requestId, this.options);
    const prepared = await engine.prepare(readParams(params), context);
    // The stream may be gone by now.
    this.reservations.find(token).start(id, prepared, context);
  }
}
