import type { SubgraphResponse } from '../transport/subgraph-transport.ts';
import type { Follower, LiveEvent } from './live-event.ts';

/** What they are told is remembered for those who come still later, up to so many events. */
const MAX_REMEMBERED = 100;

/**
 * Clients that joined a source which had begun. Many subscriptions begin with the current state, which is told when one
 * subscribes and not again: so it is asked for once more, for all of them together, until the source itself has
 * news for everybody.
 */
export class LateArrivals {
  private readonly followers = new Set<Follower>();
  private readonly told: { readonly event: LiveEvent; readonly data: string }[] = [];
  private readonly controller = new AbortController();

  /** Subscribes once more; `answers` are the subscription's events from its beginning. */
  constructor(
    answers: (
      signal: AbortSignal,
    ) => AsyncIterable<{ readonly raw: SubgraphResponse; readonly event: LiveEvent }>,
  ) {
    // Whether it works or not: what comes to everybody comes to them too.
    this.listen(answers(this.controller.signal)).catch(() => {});
  }

  join(follower: Follower): void {
    this.followers.add(follower);
    const known = [...this.told];
    if (known.length === 0) return;
    queueMicrotask(() => {
      for (const { event } of known) if (this.followers.has(follower)) follower.next(event);
    });
  }

  leave(follower: Follower): void {
    this.followers.delete(follower);
    if (this.followers.size === 0) this.controller.abort();
  }

  get isEmpty(): boolean {
    return this.followers.size === 0;
  }

  /** The source has news: from now on they hear it. Gives those who have heard just this already. */
  end(news: SubgraphResponse): ReadonlySet<Follower> {
    this.controller.abort();
    const data = dataOf(news);
    return this.told.some((one) => one.data === data) ? new Set(this.followers) : new Set();
  }

  cancel(): void {
    this.controller.abort();
    this.followers.clear();
  }

  private async listen(
    answers: AsyncIterable<{ readonly raw: SubgraphResponse; readonly event: LiveEvent }>,
  ): Promise<void> {
    for await (const { raw, event } of answers) {
      if (this.controller.signal.aborted) return;
      this.told.push({ event, data: dataOf(raw) });
      for (const follower of [...this.followers]) follower.next(event);
      if (this.told.length >= MAX_REMEMBERED) return;
    }
  }
}

const dataOf = ({ data, errors }: SubgraphResponse): string => JSON.stringify([data, errors]);
