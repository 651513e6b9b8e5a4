import { OperationTypeNode, type GraphQLFormattedError } from 'graphql';
import type { Engine, PreparedRequest, RequestContext } from '../../engine.ts';
import { tokenExpired, type RequestError } from '../../errors.ts';
import { whenExpired } from '../../protection/expiry.ts';
import type { Clock, Timers } from '../../system/clock.ts';
import type { Logger } from '../../system/logger.ts';
import type { JsonAnswer } from './streaming-format.ts';
import { told } from './told.ts';

/** Where the answers of an operation go. One of the two ends comes last, and nothing when the client gave it up. */
export interface AnswerSink {
  next(answer: JsonAnswer): void;
  complete(): void;
  fail(errors: readonly GraphQLFormattedError[]): void;
}

/** What running operations for streams needs. */
export interface StreamingSurroundings {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
}

/** An operation under way for a stream. */
export interface StreamingOperation {
  readonly isSubscription: boolean;
  /** Resolves when nothing of it will be sent any more. */
  readonly ended: Promise<void>;
  /** Gives it up; a mutation runs to its end even though nobody waits for it any more. Ending twice changes nothing. */
  end(): void;
}

/**
 * Starts an operation; a subscription ends with the token of its caller. Throws a `RequestError` when the caller may not
 * have it, else opens the sink for its answers.
 */
export function startOperation(
  prepared: PreparedRequest,
  context: RequestContext,
  open: () => AnswerSink,
  around: StreamingSurroundings,
): StreamingOperation {
  const start =
    prepared.operation.kind === OperationTypeNode.SUBSCRIPTION ? startSubscription : startSingle;
  return start(prepared, context, open, around);
}

function startSubscription(
  prepared: PreparedRequest,
  context: RequestContext,
  open: () => AnswerSink,
  { engine, clock, timers, log }: StreamingSurroundings,
): StreamingOperation {
  const answers = engine.subscribe(prepared, context);
  const sink = open();
  const controller = new AbortController();
  const end = (): void => {
    controller.abort();
    void answers.return?.();
    callOff();
  };
  let callOff = (): void => {};
  callOff = whenExpired(context.caller, clock, timers, () => {
    end();
    sink.fail([tokenExpired]);
  });
  const onError = (thrown: unknown) => told(thrown, context.requestId, log);
  const ended = sendAll(answers, sink, controller.signal, onError).finally(callOff);
  return { isSubscription: true, ended, end };
}

function startSingle(
  prepared: PreparedRequest,
  context: RequestContext,
  open: () => AnswerSink,
  { engine, log }: StreamingSurroundings,
): StreamingOperation {
  const sink = open();
  const controller = new AbortController();
  const isQuery = prepared.operation.kind === OperationTypeNode.QUERY;
  const request = isQuery ? { ...context, controller } : context;
  const onError = (thrown: unknown) => told(thrown, context.requestId, log);
  const ended = sendAll(
    single(engine.execute(prepared, request)),
    sink,
    controller.signal,
    onError,
  );
  return { isSubscription: false, ended, end: () => controller.abort() };
}

async function* single<T>(answer: Promise<T>): AsyncGenerator<T, void> {
  yield await answer;
}

/** Sends answers until they end or nobody waits for them any more. */
async function sendAll(
  answers: AsyncIterable<JsonAnswer>,
  sink: AnswerSink,
  signal: AbortSignal,
  onError: (thrown: unknown) => RequestError,
): Promise<void> {
  try {
    for await (const answer of answers) {
      if (signal.aborted) return;
      sink.next(answer);
    }
    if (!signal.aborted) sink.complete();
  } catch (thrown) {
    if (!signal.aborted) sink.fail(onError(thrown).errors);
  }
}
