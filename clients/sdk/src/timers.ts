/** The time, and what runs later. */
export interface Timers {
  now(): Date;
  /** Runs it once; gives what calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

/** Those of the platform. They do not keep a process alive. */
export const platformTimers: Timers = {
  now: () => new Date(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    // Browsers give a number.
    if (typeof timer === 'object') timer.unref();
    return () => clearTimeout(timer);
  },
};
