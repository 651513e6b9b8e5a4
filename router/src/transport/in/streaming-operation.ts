import { OperationTypeNode } from 'graphql';
import type { Engine, PreparedRequest, RequestContext } from '../../engine.ts';
import { RequestError, tokenExpired } from '../../errors.ts';
import { whenExpired } from '../../protection/expiry.ts';
import { isAlive } from '../../protection/token-verifier.ts';
import type { Follower } from '../../subscriptions/live-event.ts';
import type { Clock, Timers } from '../../system/clock.ts';
import type { Logger } from '../../system/logger.ts';
import { told } from './told.ts';

/** What running operations for streams needs. */
export interface StreamingSurroundings {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
}

/** An operation under way for a stream. */
export interface StreamingOperation {
  /** Resolves when a query or mutation is answered. A subscription may go on forever. */
  readonly answered: Promise<void> | undefined;
  /** Gives it up: its client hears no more of it. Ending twice changes nothing. */
  end(): void;
}

/**
 * Starts a subscription, which ends with the token of its caller. Throws a `RequestError` when the caller may not have it,
 * else opens what the events go to.
 */
export function startSubscription(
  prepared: PreparedRequest,
  context: RequestContext,
  open: () => Follower,
  { engine, clock, timers }: StreamingSurroundings,
): StreamingOperation {
  const { caller } = context;
  if (!isAlive(caller, clock)) throw new RequestError([tokenExpired], 401);
  const following = engine.follow(prepared, context, {
    next: (event) => follower.next(event),
    end: (errors) => {
      callOff();
      follower.end(errors);
    },
  });
  const follower = open();
  const callOff = whenExpired(caller, clock, timers, () => {
    following.stop();
    follower.end([tokenExpired]);
  });
  return {
    answered: undefined,
    end: () => {
      callOff();
      following.stop();
    },
  };
}

/** Starts a query or mutation, whose answer is told as one event. A mutation that is given up runs to its end. */
export function startAnswer(
  prepared: PreparedRequest,
  context: RequestContext,
  follower: Follower,
  { engine, log }: StreamingSurroundings,
): StreamingOperation {
  const controller = new AbortController();
  const isQuery = prepared.operation.kind === OperationTypeNode.QUERY;
  const answer = async (): Promise<void> => {
    try {
      const { json } = await engine.execute(
        prepared,
        isQuery ? { ...context, controller } : context,
      );
      if (controller.signal.aborted) return;
      follower.next({ json });
      follower.end();
    } catch (thrown) {
      if (controller.signal.aborted) return;
      follower.end(told(thrown, context.requestId, log).errors);
    }
  };
  return { answered: answer(), end: () => controller.abort() };
}
