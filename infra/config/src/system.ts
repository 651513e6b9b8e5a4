/** Undoes a timer; a second time it does nothing. */
export type Cancel = () => void;

/** Time, for those who wait for Vault. */
export interface Clock {
  now(): Date;
  /** Runs `work` once after so many milliseconds. */
  after(ms: number, work: () => void): Cancel;
}

/** Real time. A process that waits for its settings has nothing else to live for: these timers keep it alive. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

/** A number from 0 up to, but not, 1. */
export type Chance = () => number;

export const systemChance: Chance = () => Math.random();
