import { OperationTypeNode } from 'graphql';
import type { Engine, PreparedRequest, RequestContext } from '../../engine.ts';
import type { LiveEvent } from '../../subscriptions/live-event.ts';

/** An operation of a client that stays connected; it can be ended from outside at any time. */
export class RunningOperation {
  private readonly controller = new AbortController();
  private answers: AsyncIterableIterator<LiveEvent, void> | undefined;
  private kind: OperationTypeNode | undefined;

  constructor(private readonly onEnd: () => void) {}

  get isSubscription(): boolean {
    return this.kind === OperationTypeNode.SUBSCRIPTION;
  }

  get hasEnded(): boolean {
    return this.controller.signal.aborted;
  }

  /** The answers of the operation: one of a query or mutation, one for each event of a subscription. */
  run(
    engine: Engine,
    prepared: PreparedRequest,
    context: RequestContext,
  ): AsyncIterable<LiveEvent> {
    this.kind = prepared.operation.kind;
    const isQuery = this.kind === OperationTypeNode.QUERY;
    // A mutation runs to its end even though nobody waits for it any more.
    const controller = isQuery ? this.controller : undefined;
    this.answers = this.isSubscription
      ? engine.subscribe(prepared, context)
      : single(() => engine.execute(prepared, { ...context, controller }));
    return this.answers;
  }

  /** Gives the operation up. Ending twice changes nothing. */
  end(): void {
    if (this.hasEnded) return;
    this.controller.abort();
    void this.answers?.return?.();
    this.onEnd();
  }
}

async function* single(answer: () => Promise<LiveEvent>): AsyncGenerator<LiveEvent, void> {
  yield await answer();
}
