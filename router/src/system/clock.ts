/** Tells the time; tests hand in one that stands still. */
export interface Clock {
  now(): Date;
}

/** Tells how far apart two moments are; its zero means nothing, and nobody sets it back. */
export interface Monotonic {
  seconds(): number;
}

/** Runs something later. Each call returns what cancels it. */
export interface Timers {
  after(delayMs: number, run: () => void): () => void;
  every(intervalMs: number, run: () => void): () => void;
}

export const systemClock: Clock = { now: () => new Date() };

export const systemMonotonic: Monotonic = { seconds: () => performance.now() / 1_000 };

/** Timers of the process. They never keep it alive on their own. */
export const systemTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs).unref();
    return () => clearTimeout(timer);
  },
  every(intervalMs, run) {
    const timer = setInterval(run, intervalMs).unref();
    return () => clearInterval(timer);
  },
};
