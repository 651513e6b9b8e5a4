import type { Following } from '../../subscriptions/live-event.ts';

/** An operation of a client on a WebSocket; it can be ended from outside at any time. */
export class WebSocketOperation {
  hasEnded = false;
  /** Set when it is a subscription. */
  following: Following | undefined;
  /** Set when it is a query: a mutation runs to its end even though nobody waits for it any more. */
  controller: AbortController | undefined;

  constructor(private readonly onEnd: () => void) {}

  /** Gives the operation up. Ending twice changes nothing. */
  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.following?.stop();
    this.controller?.abort();
    this.onEnd();
  }
}
