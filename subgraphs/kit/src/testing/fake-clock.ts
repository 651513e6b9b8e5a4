import type { Cancel, Clock } from '../clock.ts';

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  private time: number;
  private order = 0;
  private readonly timers = new Map<number, { at: number; work: () => void }>();

  constructor(start: string | Date = '2026-03-02T15:00:00.000Z') {
    this.time = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  after(ms: number, work: () => void): Cancel {
    const id = this.order++;
    this.timers.set(id, { at: this.time + ms, work });
    return () => this.timers.delete(id);
  }

  /** Goes on by so many milliseconds, and runs in order what is due on the way. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.timers].filter(([, { at }]) => at <= end).sort(byTime);
      if (!next) break;
      const [id, { at, work }] = next;
      this.timers.delete(id);
      this.time = Math.max(this.time, at);
      work();
    }
    this.time = end;
  }
}

const byTime = ([idA, a]: [number, { at: number }], [idB, b]: [number, { at: number }]): number =>
  a.at - b.at || idA - idB;
