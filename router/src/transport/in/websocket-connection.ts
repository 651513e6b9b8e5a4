import { CloseCode, MessageType, parseMessage, type SubscribeMessage } from 'graphql-ws';
import type { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import { RequestError, toRequestError } from '../../errors.ts';
import type { Caller } from '../../protection/caller.ts';
import { whenExpired } from '../../protection/expiry.ts';
import type { Clock, Timers } from '../../system/clock.ts';
import { authorizationOf } from './connection-params.ts';
import {
  WebSocketOperations,
  type OperationsOptions,
  type OperationsOrigin,
} from './websocket-operations.ts';
import { WebSocketOutbox } from './websocket-outbox.ts';

/** Close codes of the protocol that have a meaning of their own here; the README explains them. */
export const Close = {
  GOING_AWAY: 1001,
  TOKEN_EXPIRED: CloseCode.Unauthorized,
  TOO_SLOW: 4429,
} as const;

/** Who is told goodbye and does not take it is cut off after so long. */
export const CLOSE_TIMEOUT_MS = 5_000;

/** What every connection of a server shares. */
export interface ConnectionOptions extends OperationsOptions {
  readonly callerOf: (authorization: string | undefined) => Promise<Caller>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly initTimeoutMs: number;
  readonly maxBufferedBytes: number;
}

/** What a connection knows of the request that opened it. */
export interface ConnectionOrigin extends OperationsOrigin {
  readonly authorization: string | undefined;
}

type State =
  | { readonly phase: 'opened' | 'initialising' | 'draining' | 'closed' }
  | { readonly phase: 'ready'; readonly caller: Caller };

/** One client that speaks graphql-transport-ws. */
export class WebSocketConnection {
  private state: State = { phase: 'opened' };
  private readonly outbox: WebSocketOutbox;
  private readonly operations: WebSocketOperations;
  private cancelTimer: () => void;

  constructor(
    private readonly socket: WebSocket,
    connection: Duplex,
    private readonly origin: ConnectionOrigin,
    private readonly options: ConnectionOptions,
  ) {
    this.cancelTimer = options.timers.after(options.initTimeoutMs, () =>
      this.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
    );
    this.outbox = new WebSocketOutbox(socket, connection, options.maxBufferedBytes, () => {
      this.close(Close.TOO_SLOW, 'Too slow: too many messages wait to be taken');
      options.timers.after(CLOSE_TIMEOUT_MS, () => socket.terminate());
    });
    this.operations = new WebSocketOperations(this.outbox, origin, options);
    socket.on('message', (data) => void this.receive(String(data)));
    socket.on('close', () => this.end());
    socket.on('error', (err) => options.log.info({ err }, 'A WebSocket broke'));
  }

  /**
   * Ends subscriptions, finishes queries and mutations, and says goodbye, which clients take as a
   * reason to connect and subscribe again elsewhere.
   */
  async drain(): Promise<void> {
    if (this.isClosed()) return;
    this.state = { phase: 'draining' };
    await this.operations.drain();
    this.close(Close.GOING_AWAY, 'Going away');
  }

  private async receive(text: string): Promise<void> {
    try {
      const message = parseMessage(text);
      switch (message.type) {
        case MessageType.ConnectionInit:
          return await this.initialise(message.payload);
        case MessageType.Ping:
          return await this.answerPing(message.payload);
        case MessageType.Subscribe:
          return await this.start(message);
        case MessageType.Complete:
          return this.operations.end(message.id);
        case MessageType.Pong:
          return;
        default:
          return this.close(CloseCode.BadRequest, `Unexpected message of type ${message.type}`);
      }
    } catch (thrown) {
      this.options.log.info({ err: thrown }, 'A WebSocket message could not be read');
      this.close(CloseCode.BadRequest, 'Invalid message');
    }
  }

  private async initialise(params: unknown): Promise<void> {
    if (this.state.phase !== 'opened') {
      const reason = 'Too many initialisation requests';
      return this.close(CloseCode.TooManyInitialisationRequests, reason);
    }
    this.state = { phase: 'initialising' };
    try {
      const { callerOf } = this.options;
      const caller = await callerOf(authorizationOf(params) ?? this.origin.authorization);
      if (this.isClosed()) return;
      this.cancelTimer();
      this.becomes(caller);
      this.outbox.send({ type: MessageType.ConnectionAck });
    } catch (thrown) {
      this.close(CloseCode.Forbidden, toRequestError(thrown).message);
    }
  }

  /** A ping that brings a token renews that of the connection; what became of it stands in the pong. */
  private async answerPing(payload: Record<string, unknown> | undefined): Promise<void> {
    const authorization = authorizationOf(payload);
    const told = authorization === undefined ? payload : await this.renewal(authorization);
    this.outbox.send({ type: MessageType.Pong, payload: told });
  }

  private async renewal(authorization: string): Promise<Record<string, unknown>> {
    try {
      this.options.engine.admit(this.origin.address);
      const caller = await this.options.callerOf(authorization);
      if (this.state.phase !== 'ready') throw refused('There is nothing to renew');
      const before = this.state.caller;
      if (before.claims && before.subject !== caller.subject)
        throw refused('The token is somebody else’s');
      this.becomes(caller);
      this.operations.renew(caller);
      return { expiresAt: caller.expiresAt?.toISOString() };
    } catch (thrown) {
      return { errors: toRequestError(thrown).errors };
    }
  }

  private becomes(caller: Caller): void {
    const { clock, timers } = this.options;
    this.cancelTimer();
    this.state = { phase: 'ready', caller };
    this.cancelTimer = whenExpired(caller, clock, timers, () =>
      this.close(Close.TOKEN_EXPIRED, 'The token has expired'),
    );
  }

  private start({ id, payload }: SubscribeMessage): Promise<void> | void {
    // Who asks while we drain is not answered, and asks again after the goodbye.
    if (this.state.phase === 'draining') return;
    if (this.state.phase !== 'ready') return this.close(CloseCode.Unauthorized, 'Unauthorized');
    if (!this.operations.has(id)) return this.operations.start(id, payload, this.state.caller);
    const reason = `Subscriber for ${id} already exists`;
    this.close(CloseCode.SubscriberAlreadyExists, reason.slice(0, 120));
  }

  private close(code: number, reason: string): void {
    if (this.isClosed()) return;
    this.end();
    this.socket.close(code, reason);
  }

  private isClosed(): boolean {
    return this.state.phase === 'closed';
  }

  private end(): void {
    this.state = { phase: 'closed' };
    this.cancelTimer();
    this.operations.endAll();
  }
}

const refused = (message: string): RequestError => RequestError.of('UNAUTHENTICATED', message, 401);
