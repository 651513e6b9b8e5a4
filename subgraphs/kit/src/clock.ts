/** Undoes a timer. Calling it twice, or after the timer fired, does nothing. */
export type Cancel = () => void;

/** The only source of time. Everything that asks for the hour or waits for one is given a clock. */
export interface Clock {
  now(): Date;
  /** Runs `work` once after `ms` milliseconds. A pending timer does not keep the process alive. */
  after(ms: number, work: () => void): Cancel;
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms` milliseconds of the given clock. */
export const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });

/** Calls `work` every `ms` milliseconds, the next time only after the last has ended. */
export function every(clock: Clock, ms: number, work: () => Promise<void>): Cancel {
  let stopped = false;
  let cancel: Cancel = () => undefined;
  const next = () => {
    cancel = clock.after(ms, () => {
      void work().finally(() => {
        if (!stopped) next();
      });
    });
  };
  next();
  return () => {
    stopped = true;
    cancel();
  };
}

/** Lets everything be read first that has arrived already, such as other requests: they can be served together. */
export const afterArrivals = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
