import type { GraphQLFormattedError } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { PreparedRequest, RequestContext } from '../../engine.ts';
import { goingAway, RequestError } from '../../errors.ts';
import type { JsonAnswer, StreamFormat } from './streaming-format.ts';
import { startOperation, type StreamingSurroundings } from './streaming-operation.ts';
import { StreamingResponse, type StreamingOptions } from './streaming-response.ts';

/** What subscriptions over HTTP need. */
export interface StreamingSubscriptionsOptions extends StreamingSurroundings, StreamingOptions {}

/** Subscriptions that have a response of their own each. */
export class StreamingSubscriptions {
  private readonly sayGoodbye = new Set<() => void>();
  private isClosing = false;

  constructor(private readonly options: StreamingSubscriptionsOptions) {}

  /** Answers a request by a stream; throws a `RequestError` when its caller may not have the subscription. */
  start(
    response: ServerResponse,
    format: StreamFormat,
    prepared: PreparedRequest,
    context: RequestContext,
  ): void {
    if (this.isClosing) throw new RequestError([goingAway], 503);
    const open = () => {
      const stream = new StreamingResponse(response, format, this.options, () => {
        operation.end();
        this.sayGoodbye.delete(leave);
      });
      const leave = (): void => {
        operation.end();
        stream.end(format.goodbye);
      };
      this.sayGoodbye.add(leave);
      return {
        next: (answer: JsonAnswer) => stream.write(format.answer(answer)),
        complete: () => stream.end(format.completion),
        fail: (errors: readonly GraphQLFormattedError[]) => stream.end(format.failure(errors)),
      };
    };
    const operation = startOperation(prepared, context, open, this.options);
  }

  /** Ends all subscriptions, which makes clients subscribe again elsewhere. */
  close(): void {
    this.isClosing = true;
    for (const leave of [...this.sayGoodbye]) leave();
  }
}
