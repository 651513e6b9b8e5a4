import type { AnswerInParts } from '../answer-in-parts.ts';
import {
  Engine,
  type GraphQLRequest,
  type PreparedRequest,
  type RequestContext,
  type ServedSupergraph,
} from '../engine.ts';
import type { EngineOptions } from '../engine-options.ts';
import { hasErrors } from '../execution/answers.ts';
import type { Answer } from '../execution/run.ts';
import type { Follower, Following } from '../subscriptions/live-event.ts';
import type { Monotonic } from '../system/clock.ts';
import type { Metrics, OperationKind, Outcome } from './metrics.ts';
import { ABANDONED, codeOf, outcomeOfRequest } from './outcomes.ts';

/** An engine that counts what becomes of the operations, on whichever transport they came. */
export class MeasuredEngine extends Engine {
  /** When the operations under way were asked for. */
  private readonly began = new WeakMap<PreparedRequest, number>();

  constructor(
    served: ServedSupergraph,
    options: EngineOptions,
    private readonly metrics: Metrics,
    private readonly monotonic: Monotonic,
  ) {
    super(served, options);
  }

  override admit(address: string | undefined): void {
    this.counting('unknown', () => super.admit(address));
  }

  override async prepare(asked: GraphQLRequest, context: RequestContext): Promise<PreparedRequest> {
    const began = this.monotonic.seconds();
    try {
      const prepared = await super.prepare(asked, context);
      this.began.set(prepared, began);
      return prepared;
    } catch (thrown) {
      this.metrics.operationEnded('unknown', outcomeOfRequest(thrown), undefined);
      throw thrown;
    }
  }

  override async execute(asked: PreparedRequest, context: RequestContext): Promise<Answer> {
    const signal = context.controller?.signal;
    try {
      const answer = await super.execute(asked, context);
      this.ended(asked, signal?.aborted ? ABANDONED : outcomeOfAnswer(answer));
      return answer;
    } catch (thrown) {
      this.ended(asked, outcomeOfRequest(thrown, signal));
      throw thrown;
    }
  }

  override inParts(asked: PreparedRequest, context: RequestContext): AnswerInParts | undefined {
    const { kind } = asked.operation;
    const answer = this.counting(kind, () => super.inParts(asked, context));
    if (!answer) return undefined;
    return async (controller, tell) => {
      let outcome: Outcome | undefined;
      let isWhole = false;
      const end = (how: Outcome): void => {
        if (!isWhole) this.ended(asked, how);
        isWhole = true;
      };
      try {
        await answer(controller, (part) => {
          outcome ??= outcomeOfAnswer(part);
          if (part.isLast) end(outcome);
          tell(part);
        });
        end(ABANDONED);
      } catch (thrown) {
        end(outcomeOfRequest(thrown, controller.signal));
        throw thrown;
      }
    };
  }

  /** Counts a subscription when it ends. */
  override follow(
    prepared: PreparedRequest,
    context: RequestContext,
    follower: Follower,
  ): Following {
    const { metrics } = this;
    const { kind } = prepared.operation;
    let isLive = true;
    const end = (outcome: Outcome): void => {
      if (!isLive) return;
      isLive = false;
      metrics.subscriptionEnded();
      metrics.operationEnded(kind, outcome, undefined);
    };
    const counted: Follower = {
      next: (event) => follower.next(event),
      end: (errors) => {
        end(errors ? codeOf(errors) : 'ok');
        follower.end(errors);
      },
    };
    const following = this.counting(kind, () => super.follow(prepared, context, counted));
    metrics.subscriptionBegan();
    return {
      stop: () => {
        end('ok');
        following.stop();
      },
      renew: (caller) => following.renew(caller),
    };
  }

  /** Counts what does not even begin. */
  private counting<T>(kind: OperationKind, begin: () => T): T {
    try {
      return begin();
    } catch (thrown) {
      this.metrics.operationEnded(kind, outcomeOfRequest(thrown), undefined);
      throw thrown;
    }
  }

  private ended(asked: PreparedRequest, outcome: Outcome): void {
    const began = this.began.get(asked);
    const seconds = began === undefined ? undefined : this.monotonic.seconds() - began;
    this.metrics.operationEnded(asked.operation.kind, outcome, seconds);
  }
}

const outcomeOfAnswer = (answer: Answer): Outcome => (hasErrors(answer) ? 'errors' : 'ok');
