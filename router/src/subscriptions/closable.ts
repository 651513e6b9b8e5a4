import type { CancelSignal } from '../system/cancellation.ts';

/**
 * An iteration that can be ended while it waits. The `return` of an async generator waits for a
 * pending `next`, which for a quiet subscription never comes; here it aborts what is waited for.
 */
export function closable<T>(
  open: (signal: AbortSignal) => AsyncGenerator<T, void>,
): AsyncIterableIterator<T, void> {
  const controller = new AbortController();
  const source = open(controller.signal);
  return {
    next: () => source.next(),
    async return() {
      controller.abort();
      return source.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Passes on what a source gives until the signal aborts, then ends the source without waiting for it. */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: CancelSignal | undefined,
): AsyncGenerator<T, void> {
  const iterator = source[Symbol.asyncIterator]();
  let isDone = false;
  try {
    while (!signal?.aborted) {
      const result = await nextOrAborted(iterator, signal);
      if (!result || result.done) {
        isDone = result?.done === true;
        return;
      }
      yield result.value;
    }
  } finally {
    // A source that waits for its next event may answer only after that: nobody waits for it.
    if (!isDone) iterator.return?.().catch(() => {});
  }
}

function nextOrAborted<T>(
  iterator: AsyncIterator<T>,
  signal: CancelSignal | undefined,
): Promise<IteratorResult<T> | undefined> {
  if (!signal) return iterator.next();
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined);
    signal.addEventListener('abort', abort, { once: true });
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
