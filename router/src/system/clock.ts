/** Tells the time; tests hand in one that stands still. */
export interface Clock {
  now(): Date;
}

/** Runs something later. Each call returns what cancels it. */
export interface Timers {
  after(delayMs: number, run: () => void): () => void;
  every(intervalMs: number, run: () => void): () => void;
}

export const systemClock: Clock = { now: () => new Date() };

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
