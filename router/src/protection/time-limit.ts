import { RequestError } from '../errors.ts';
import type { Timers } from '../system/clock.ts';
import type { Canceller } from '../system/cancellation.ts';

/** How long a query or mutation may take until it is answered. */
export class TimeLimit {
  constructor(
    private readonly limitMs: number,
    private readonly timers: Timers,
  ) {}

  /**
   * What the work gives, or a `RequestError` once its time is up; then it is also aborted. Work that must not be given
   * up, as a mutation's, comes without a canceller and runs on unheard.
   */
  within<T>(work: () => Promise<T>, canceller: Canceller | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.timers.after(this.limitMs, () => {
        // First, so that what the abort brings about is not the answer.
        reject(this.exceeded());
        canceller?.abort();
      });
      work().then(
        (result) => {
          cancel();
          resolve(result);
        },
        (reason: unknown) => {
          cancel();
          reject(reason as Error);
        },
      );
    });
  }

  private exceeded(): RequestError {
    const seconds = this.limitMs / 1_000;
    const message = `The request was not answered in time: ${seconds} s at most`;
    const extensions = { code: 'REQUEST_TIMEOUT', limit: this.limitMs };
    return new RequestError([{ message, extensions }], 504);
  }
}
