import { type CancelSignal, Cancellation } from '../system/cancellation.ts';

/** Somebody who asks, as far as a flight is concerned. */
interface Asker<Answer> {
  readonly signal: CancelSignal | undefined;
  ask(signal: CancelSignal | undefined): Promise<Answer>;
}

interface Waiter<Answer> {
  readonly asker: Asker<Answer>;
  resolve(answer: Answer | Promise<Answer>): void;
  reject(reason: unknown): void;
}

/** One piece of work, and those who wait for it. */
export class Flight<Answer> {
  private readonly cancellation = new Cancellation();
  private readonly waiters = new Set<Waiter<Answer>>();

  constructor(
    /** How many changes there had been when it began. */
    readonly asOf: number,
    /** Called before the work is aborted because nobody waits any more. */
    private readonly onAbandoned: () => void,
  ) {}

  get signal(): CancelSignal {
    return this.cancellation.signal;
  }

  /** For the work itself, whose time may be up. */
  readonly abort = (reason: Error): void => this.cancellation.abort(reason);

  /** What the work gives, unless the asker gives up before. */
  wait(asker: Asker<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { signal } = asker;
      if (!signal) return void this.waiters.add({ asker, resolve, reject });
      const giveUp = (): void => {
        this.waiters.delete(waiter);
        reject(signal.reason as Error);
        if (this.waiters.size > 0) return;
        this.onAbandoned();
        this.cancellation.abort(signal.reason);
      };
      const stayed = (): void => signal.removeEventListener('abort', giveUp);
      const waiter: Waiter<Answer> = {
        asker,
        resolve(answer) {
          stayed();
          resolve(answer);
        },
        reject(reason) {
          stayed();
          reject(reason as Error);
        },
      };
      signal.addEventListener('abort', giveUp);
      this.waiters.add(waiter);
    });
  }

  /** Gives everybody the answer: `shared`, unless one alone waits for it. */
  succeeded(own: Answer, isPersonal: boolean, shared: (answer: Answer) => Answer): void {
    const answer = this.waiters.size > 1 && !isPersonal ? shared(own) : own;
    let isTaken = false;
    for (const { asker, resolve } of this.waiters) {
      resolve(isPersonal && isTaken ? asker.ask(asker.signal) : answer);
      isTaken = true;
    }
    this.waiters.clear();
  }

  failed(reason: unknown): void {
    for (const { reject } of this.waiters) reject(reason);
    this.waiters.clear();
  }
}
