import type { ServerResponse } from 'node:http';
import type { PreparedRequest, RequestContext } from '../../engine.ts';
import { RequestError } from '../../errors.ts';
import { COMMENT, EVENT_STREAM, serverSentEvent } from './sse-format.ts';
import {
  startOperation,
  type AnswerSink,
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
    const operation = startOperation(prepared, context, () => this.sinkOf(id), this.options);
    this.operations.set(id, operation);
    void operation.ended.then(() => {
      if (this.operations.get(id) === operation) this.operations.delete(id);
    });
  }

  /** Gives one operation up, if it is under way. */
  stop(id: string): void {
    this.operations.get(id)?.end();
    this.operations.delete(id);
  }

  /** Ends subscriptions, finishes what else is under way, and ends the stream, which makes clients come again. */
  async drain(): Promise<void> {
    const operations = [...this.operations.values()];
    for (const operation of operations) if (operation.isSubscription) operation.end();
    await Promise.all(operations.map(({ ended }) => ended));
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

  private sinkOf(id: string): AnswerSink {
    const quoted = JSON.stringify(id);
    const next = (json: string): void =>
      this.send(serverSentEvent('next', `{"id":${quoted},"payload":${json}}`));
    const complete = (): void => this.send(serverSentEvent('complete', `{"id":${quoted}}`));
    return {
      next: ({ json }) => next(json),
      complete,
      fail: (errors) => {
        next(JSON.stringify({ errors }));
        complete();
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
