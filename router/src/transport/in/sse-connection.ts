import { OperationTypeNode } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { PreparedRequest, RequestContext } from '../../engine.ts';
import { RequestError } from '../../errors.ts';
import type { Follower } from '../../subscriptions/live-event.ts';
import { COMMENT, EVENT_STREAM, serverSentEvent } from './sse-format.ts';
import {
  startAnswer,
  startSubscription,
  type StreamingOperation,
  type StreamingSurroundings,
} from './streaming-operation.ts';
import { StreamingResponse, type StreamingOptions } from './streaming-response.ts';

/** What a connection needs. */
export interface SseConnectionOptions extends StreamingSurroundings, StreamingOptions {}

const FRAME = { contentType: EVENT_STREAM, opening: COMMENT, heartbeat: COMMENT };

type State =
  /** What operations have said already waits for the client to connect. */
  | { readonly phase: 'reserved'; readonly waiting: string }
  | { readonly phase: 'connected'; readonly stream: StreamingResponse }
  | { readonly phase: 'ended' };

/** One event stream for the answers to many operations, reserved first and connected later. */
export class SseConnection {
  private readonly operations = new Map<string, StreamingOperation>();
  private state: State = { phase: 'reserved', waiting: '' };

  constructor(
    private readonly options: SseConnectionOptions,
    private readonly onEnd: () => void,
  ) {}

  get isReserved(): boolean {
    return this.state.phase === 'reserved';
  }

  /** Sends all answers to this response from now on, if the connection is reserved. */
  connect(response: ServerResponse): void {
    if (this.state.phase !== 'reserved') return;
    const stream = new StreamingResponse(response, FRAME, this.options, () => this.end());
    stream.write(this.state.waiting);
    this.state = { phase: 'connected', stream };
  }

  /** Starts an operation; throws a `RequestError` when it cannot be. */
  start(id: string, prepared: PreparedRequest, context: RequestContext): void {
    if (this.operations.has(id)) {
      throw RequestError.of('BAD_REQUEST', `The operation ${id} runs already`, 409);
    }
    const isSubscription = prepared.operation.kind === OperationTypeNode.SUBSCRIPTION;
    const operation = isSubscription
      ? startSubscription(prepared, context, () => this.followerOf(id), this.options)
      : startAnswer(prepared, context, this.followerOf(id), this.options);
    this.operations.set(id, operation);
  }

  /** Gives one operation up, if it is under way. */
  stop(id: string): void {
    this.operations.get(id)?.end();
    this.operations.delete(id);
  }

  /** Ends subscriptions, finishes what else is under way, and ends the stream, which makes clients come again. */
  async drain(): Promise<void> {
    const operations = [...this.operations.values()];
    for (const { answered, end } of operations) if (!answered) end();
    await Promise.all(operations.map(({ answered }) => answered));
    this.end();
  }

  /** Gives everything up. */
  end(): void {
    const { state } = this;
    if (state.phase === 'ended') return;
    this.state = { phase: 'ended' };
    for (const id of [...this.operations.keys()]) this.stop(id);
    if (state.phase === 'connected') state.stream.end('');
    this.onEnd();
  }

  private followerOf(id: string): Follower {
    const quoted = JSON.stringify(id);
    const tell = (json: string): void =>
      this.send(serverSentEvent('next', `{"id":${quoted},"payload":${json}}`));
    return {
      next: ({ json }) => tell(json),
      end: (errors) => {
        this.operations.delete(id);
        if (errors) tell(JSON.stringify({ errors }));
        this.send(serverSentEvent('complete', `{"id":${quoted}}`));
      },
    };
  }

  private send(text: string): void {
    if (this.state.phase === 'connected') this.state.stream.write(text);
    if (this.state.phase !== 'reserved') return;
    const waiting = this.state.waiting + text;
    if (waiting.length > this.options.maxBufferedBytes) this.end();
    else this.state = { phase: 'reserved', waiting };
  }
}
