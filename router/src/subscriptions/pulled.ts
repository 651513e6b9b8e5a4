import { RequestError } from '../errors.ts';
import type { Follower, Following, LiveEvent } from './live-event.ts';

/**
 * Events to be awaited one by one. What is not awaited in time waits in memory, up to so many characters; beyond that
 * the iteration ends with a `RequestError`, as it does when the subscription ends by errors.
 */
export function pulled(
  follow: (follower: Follower) => Following,
  maxCharacters: number,
): AsyncIterableIterator<LiveEvent, void> {
  const waiting: LiveEvent[] = [];
  let waitingCharacters = 0;
  const sleeping: (() => void)[] = [];
  const wake = (): void => sleeping.splice(0).forEach((go) => go());
  let ended: { readonly error?: RequestError } | undefined;
  const end = (error?: RequestError): void => {
    ended ??= error ? { error } : {};
    wake();
  };
  const following = follow({
    next(event) {
      waitingCharacters += event.json.length;
      if (waitingCharacters > maxCharacters && waiting.length > 0) {
        following.stop();
        return end(tooSlow());
      }
      waiting.push(event);
      wake();
    },
    end: (errors) => end(errors && new RequestError(errors, 200)),
  });
  const next = async (): Promise<IteratorResult<LiveEvent, void>> => {
    for (;;) {
      const event = waiting.shift();
      if (event) {
        waitingCharacters -= event.json.length;
        return { value: event, done: false };
      }
      if (ended) {
        const { error } = ended;
        ended = {};
        if (error) throw error;
        return { value: undefined, done: true };
      }
      await new Promise<void>((resolve) => sleeping.push(resolve));
    }
  };
  return {
    next,
    async return() {
      following.stop();
      waiting.length = 0;
      ended = {};
      wake();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const tooSlow = (): RequestError =>
  RequestError.of('TOO_SLOW', 'Too slow: too many events wait to be taken', 200);
