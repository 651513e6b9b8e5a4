import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestError } from '../../errors.ts';
import type { Ids } from '../../system/ids.ts';
import { SseConnection, type SseConnectionOptions } from './sse-connection.ts';

/** What reservations need. */
export interface SseReservationsOptions extends SseConnectionOptions {
  /** Makes the tokens of reservations, which nobody must be able to guess. */
  readonly ids: Ids;
  /** A reservation that nobody connects to is forgotten after this. */
  readonly reservedMs: number;
  /** So many may wait to be connected at once. */
  readonly maxReserved: number;
}

const TOKEN_HEADER = 'x-graphql-event-stream-token';

/** What stands in an `operationId` is told with each answer. */
const MAX_ID_LENGTH = 128;

/** The token of a reservation that a request shows, if any. */
export function reservationToken(request: IncomingMessage): string | undefined {
  const header = request.headers[TOKEN_HEADER];
  if (typeof header === 'string') return header;
  // Hardly any request has a query, and reading one takes its time.
  if (!request.url?.includes('?')) return undefined;
  return searchOf(request).get('token') ?? undefined;
}

/** Event streams that carry the answers to many operations: the single connection mode of GraphQL over SSE. */
export class SseReservations {
  private readonly connections = new Map<string, SseConnection>();
  /** What calls off the end of those that nobody has connected to. */
  private readonly waiting = new Map<string, () => void>();
  private isClosing = false;

  constructor(private readonly options: SseReservationsOptions) {}

  /** Makes room for a stream; the token that is returned answers for it from now on. */
  reserve(): string {
    const { ids, timers, reservedMs, maxReserved } = this.options;
    if (this.isClosing || this.waiting.size >= maxReserved) {
      const headers = { 'retry-after': '1' };
      throw RequestError.of('STREAM_LIMIT_EXCEEDED', 'No event stream is free', 503, headers);
    }
    const token = ids.next();
    const connection = new SseConnection(this.options, () => {
      this.noLongerWaits(token);
      this.connections.delete(token);
    });
    this.connections.set(token, connection);
    this.waiting.set(
      token,
      timers.after(reservedMs, () => connection.end()),
    );
    return token;
  }

  /** Sends what operations of the reservation answer to this response. */
  connect(token: string, response: ServerResponse): void {
    const connection = this.find(token);
    if (!connection.isReserved) {
      throw RequestError.of('BAD_REQUEST', 'The event stream is open already', 409);
    }
    this.noLongerWaits(token);
    connection.connect(response);
  }

  /** The stream of a reservation; throws a `RequestError` when there is none. */
  find(token: string): SseConnection {
    const connection = this.connections.get(token);
    if (connection) return connection;
    throw RequestError.of('BAD_REQUEST', 'There is no such event stream', 404);
  }

  /** Ends all streams, which makes clients come again; waits for queries and mutations that are under way. */
  async close(): Promise<void> {
    this.isClosing = true;
    await Promise.all([...this.connections.values()].map((connection) => connection.drain()));
  }

  private noLongerWaits(token: string): void {
    this.waiting.get(token)?.();
    this.waiting.delete(token);
  }
}

/** The id by which the answers to an operation are told apart, from the parameters of a request. */
export function operationIdIn(params: unknown): string {
  const extensions = (params as { extensions?: { operationId?: unknown } } | null)?.extensions;
  return checkedId(extensions?.operationId);
}

/** The id of an operation to stop, from the URL of a request. */
export function operationIdOf(request: IncomingMessage): string {
  return checkedId(searchOf(request).get('operationId'));
}

function checkedId(id: unknown): string {
  if (typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH) return id;
  const message = `The operationId must be a string of 1 to ${MAX_ID_LENGTH} characters`;
  throw RequestError.of('BAD_REQUEST', message);
}

function searchOf(request: IncomingMessage): URLSearchParams {
  return new URL(request.url ?? '/', 'http://localhost').searchParams;
}
