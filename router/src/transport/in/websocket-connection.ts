import { CloseCode, MessageType, parseMessage, type SubscribeMessage } from 'graphql-ws';
import type { GraphQLFormattedError } from 'graphql';
import type WebSocket from 'ws';
import type { Engine } from '../../engine.ts';
import { toRequestError } from '../../errors.ts';
import type { Caller } from '../../protection/caller.ts';
import type { Clock, Timers } from '../../system/clock.ts';
import type { Ids } from '../../system/ids.ts';
import type { Logger } from '../../system/logger.ts';
import { authorizationOf } from './connection-params.ts';
import { readParams } from './graphql-params.ts';
import { RunningOperation } from './running-operation.ts';

/** Close codes of the protocol that have a meaning of their own here; the README explains them. */
export const Close = {
  GOING_AWAY: 1001,
  TOKEN_EXPIRED: CloseCode.Unauthorized,
  TOO_SLOW: 4429,
} as const;

/** What every connection of a server shares. */
export interface ConnectionOptions {
  readonly engine: Engine;
  readonly callerOf: (authorization: string | undefined) => Promise<Caller>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly log: Logger;
  readonly initTimeoutMs: number;
  readonly maxBufferedBytes: number;
}

/** What a connection knows of the request that opened it. */
export interface ConnectionOrigin {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
}

type State =
  | { readonly phase: 'opened' | 'initialising' | 'draining' | 'closed' }
  | { readonly phase: 'ready'; readonly caller: Caller };

/** Timers count in 32 bits; a token that lives longer is looked at again after this. */
const MAX_DELAY_MS = 3_600_000;

/** One client that speaks graphql-transport-ws. */
export class WebSocketConnection {
  private state: State = { phase: 'opened' };
  private readonly operations = new Map<string, RunningOperation>();
  private readonly answering = new Set<Promise<void>>();
  private cancelTimer: () => void;

  constructor(
    private readonly socket: WebSocket,
    private readonly origin: ConnectionOrigin,
    private readonly options: ConnectionOptions,
  ) {
    this.cancelTimer = options.timers.after(options.initTimeoutMs, () =>
      this.close(CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout'),
    );
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
    for (const operation of [...this.operations.values()]) {
      if (operation.isSubscription) operation.end();
    }
    await Promise.all(this.answering);
    this.close(Close.GOING_AWAY, 'Going away');
  }

  private async receive(text: string): Promise<void> {
    try {
      const message = parseMessage(text);
      switch (message.type) {
        case MessageType.ConnectionInit:
          return await this.initialise(message.payload);
        case MessageType.Ping:
          return this.send(JSON.stringify({ type: MessageType.Pong, payload: message.payload }));
        case MessageType.Subscribe:
          return await this.track(this.start(message));
        case MessageType.Complete:
          this.operations.get(message.id)?.end();
          return;
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
      this.state = { phase: 'ready', caller };
      this.send(JSON.stringify({ type: MessageType.ConnectionAck }));
      this.closeAtExpiry(caller);
    } catch (thrown) {
      this.close(CloseCode.Forbidden, toRequestError(thrown).message);
    }
  }

  private async track(answering: Promise<void>): Promise<void> {
    this.answering.add(answering);
    await answering.finally(() => this.answering.delete(answering));
  }

  private async start({ id, payload }: SubscribeMessage): Promise<void> {
    // Who asks while we drain is not answered, and asks again after the goodbye.
    if (this.state.phase === 'draining') return;
    if (this.state.phase !== 'ready') return this.close(CloseCode.Unauthorized, 'Unauthorized');
    if (this.operations.has(id)) {
      const reason = `Subscriber for ${id} already exists`;
      return this.close(CloseCode.SubscriberAlreadyExists, reason.slice(0, 120));
    }
    const { engine, ids } = this.options;
    const requestId = ids.next();
    const operation = new RunningOperation(() => this.operations.delete(id));
    this.operations.set(id, operation);
    try {
      const { address, headers } = this.origin;
      engine.admit(address);
      const context = { requestId, caller: this.state.caller, address, headers };
      const prepared = await engine.prepare(readParams(payload), context);
      if (operation.hasEnded) return;
      for await (const { json } of operation.run(engine, prepared, context)) {
        if (operation.hasEnded) return;
        this.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${json}}`);
      }
      if (!operation.hasEnded) this.send(JSON.stringify({ id, type: MessageType.Complete }));
    } catch (thrown) {
      if (operation.hasEnded) return;
      this.send(
        JSON.stringify({ id, type: MessageType.Error, payload: this.told(thrown, requestId) }),
      );
    } finally {
      operation.end();
    }
  }

  private told(thrown: unknown, requestId: string): readonly GraphQLFormattedError[] {
    const error = toRequestError(thrown);
    if (error !== thrown) this.options.log.error({ requestId, err: thrown }, 'An operation failed');
    return error.errors;
  }

  private closeAtExpiry(caller: Caller): void {
    if (!caller.expiresAt) return;
    const { clock, timers } = this.options;
    const leftMs = caller.expiresAt.getTime() - clock.now().getTime();
    if (leftMs <= 0) return this.close(Close.TOKEN_EXPIRED, 'The token has expired');
    this.cancelTimer = timers.after(Math.min(leftMs, MAX_DELAY_MS), () =>
      this.closeAtExpiry(caller),
    );
  }

  /** What a slow client has not taken yet waits in memory, up to a limit. */
  private send(text: string): void {
    if (this.isClosed()) return;
    if (this.socket.bufferedAmount > this.options.maxBufferedBytes) {
      return this.close(Close.TOO_SLOW, 'Too slow: too many messages wait to be taken');
    }
    this.socket.send(text);
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
    for (const operation of [...this.operations.values()]) operation.end();
  }
}
