/** What subscribers of one topic are told, in this process. */
export interface LiveFeed<Update> {
  publish(topic: string, update: Update): void;
  /** Every update from now on, in order. Ends when the feed closes or the subscriber leaves. */
  subscribe(topic: string): LiveSubscription<Update>;
  /** Lets the topic's subscribers go, so that they come back and see what is. */
  end(topic: string): void;
  /** Whether anybody listens. */
  has(topic: string): boolean;
  close(): void;
}

/** Updates as they come. Who returns is forgotten at once, even while waiting. */
export interface LiveSubscription<Update> extends AsyncIterableIterator<Update> {
  return(): Promise<IteratorResult<Update>>;
}

/** A subscriber that takes nothing for this many updates is let go: it comes back with `after`. */
const MOST_WAITING = 1_000;

/** Updates are published after their transaction is committed (`tx.afterCommit`). */
export function createLiveFeed<Update>(): LiveFeed<Update> {
  const topics = new Map<string, Set<Subscriber<Update>>>();
  const end = (topic: string) => {
    for (const subscriber of [...(topics.get(topic) ?? [])]) void subscriber.return();
  };
  return {
    publish(topic, update) {
      for (const subscriber of topics.get(topic) ?? []) subscriber.push(update);
    },
    subscribe(topic) {
      const subscribers = topics.get(topic) ?? new Set();
      topics.set(topic, subscribers);
      const subscriber = new Subscriber<Update>(() => {
        subscribers.delete(subscriber);
        if (subscribers.size === 0) topics.delete(topic);
      });
      subscribers.add(subscriber);
      return subscriber;
    },
    end,
    has: (topic) => topics.has(topic),
    close() {
      for (const topic of [...topics.keys()]) end(topic);
    },
  };
}

class Subscriber<Update> implements LiveSubscription<Update> {
  private readonly waiting: Update[] = [];
  private take: ((result: IteratorResult<Update>) => void) | null = null;
  private ended = false;

  constructor(private readonly leave: () => void) {}

  push(update: Update): void {
    // Who is to wake up anyway need not be told twice.
    if (update === WAKE_UP && this.waiting.at(-1) === WAKE_UP) return;
    if (this.take) {
      this.take({ value: update, done: false });
      this.take = null;
    } else if (this.waiting.length < MOST_WAITING) {
      this.waiting.push(update);
    } else {
      void this.return();
    }
  }

  next(): Promise<IteratorResult<Update>> {
    const update = this.waiting.shift();
    if (update !== undefined) return Promise.resolve({ value: update, done: false });
    if (this.ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.take = resolve;
    });
  }

  return(): Promise<IteratorResult<Update>> {
    this.ended = true;
    this.leave();
    this.take?.({ value: undefined, done: true });
    this.take = null;
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Something has changed: what it is stands in the history. */
export const WAKE_UP = Symbol('wake up');

/** What a live feed is caught up from. Positions rise with time. */
export interface History<Update> {
  positionOf(update: Update): number;
  /** Nothing up to this position is told. */
  readonly from: number;
  /** What is told before anything that is live, oldest first. */
  first(): AsyncIterable<Update>;
  /** All that came after a position, oldest first. */
  after(position: number): AsyncIterable<Update>;
}

/**
 * What was, then what happens, without a gap and without a double: the live feed is joined before the history
 * is read, and what both tell is told once. The feed brings updates, or the news that there are some.
 */
export const resume = <Update>(
  live: LiveSubscription<Update | typeof WAKE_UP>,
  history: History<Update>,
): LiveSubscription<Update> => leavingAtOnce(live, resumed(live, history));

async function* resumed<Update>(
  live: LiveSubscription<Update | typeof WAKE_UP>,
  history: History<Update>,
): AsyncGenerator<Update, void, undefined> {
  let last = history.from;
  try {
    for await (const update of history.first()) {
      last = history.positionOf(update);
      yield update;
    }
    for await (const told of live) {
      for await (const update of told === WAKE_UP ? history.after(last) : [told]) {
        if (history.positionOf(update) <= last) continue;
        last = history.positionOf(update);
        yield update;
      }
    }
  } finally {
    await live.return();
  }
}

/**
 * A generator that waits for its source cannot be ended from outside: `return()` queues behind the wait. This
 * one ends the source first, so that who leaves is forgotten at once and not with the next update.
 */
export const leavingAtOnce = <Update>(
  source: { return?: (() => Promise<unknown>) | undefined },
  updates: AsyncGenerator<Update, void, undefined>,
): LiveSubscription<Update> => ({
  next: () => updates.next(),
  return: async () => {
    await source.return?.();
    return updates.return();
  },
  [Symbol.asyncIterator]() {
    return this;
  },
});
