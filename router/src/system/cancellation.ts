/** Tells work that nobody waits for it any more, and why. Every `AbortSignal` is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Who can cancel work. Every `AbortController` can. */
export interface Canceller {
  readonly signal: CancelSignal;
  abort(reason?: unknown): void;
}

/**
 * An `AbortController` and its signal in one plain object. Each request and each call to a subgraph has one of its own, and
 * the platform's took a twelfth of all the time that a small query needs.
 */
export class Cancellation implements Canceller, CancelSignal {
  reason: unknown;
  aborted = false;
  /** Made with the first of them: most have none. */
  private listeners: Set<() => void> | undefined;

  get signal(): CancelSignal {
    return this;
  }

  /** Only the first call counts. Without a reason it is the platform's `AbortError`. */
  abort(reason: unknown = new DOMException('This operation was aborted', 'AbortError')): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    // One that is removed by another is not told any more.
    for (const tell of this.listeners ?? []) tell();
    this.listeners = undefined;
  }

  /** As with an `AbortSignal` that has aborted already, a listener that comes too late is not told. */
  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.aborted) (this.listeners ??= new Set()).add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners?.delete(listener);
  }
}

/** The same as a signal of the platform, for `fetch` and whatever else takes no other. */
export function abortSignalOf(signal: CancelSignal): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal.reason);
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow);
  return controller.signal;
}
