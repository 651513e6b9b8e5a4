import type { ServerResponse } from 'node:http';
import type { PreparedRequest, RequestContext } from '../../engine.ts';
import { goingAway, RequestError } from '../../errors.ts';
import type { Follower, LiveEvent } from '../../subscriptions/live-event.ts';
import type { StreamFormat } from './streaming-format.ts';
import { startSubscription, type StreamingSurroundings } from './streaming-operation.ts';
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
      const end: Follower['end'] = (errors) =>
        stream.end(errors ? format.failure(errors) : format.completion);
      return { next: (event: LiveEvent) => stream.write(format.answer(event)), end };
    };
    const operation = startSubscription(prepared, context, open, this.options);
  }

  /** Ends all subscriptions, which makes clients subscribe again elsewhere. */
  close(): void {
    this.isClosing = true;
    for (const leave of [...this.sayGoodbye]) leave();
  }
}
