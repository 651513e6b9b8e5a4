import { SubgraphOverloadedError } from './subgraph-failures.ts';
import type { CancelSignal } from '../system/cancellation.ts';

export interface BulkheadOptions {
  /** Calls that are under way at once. */
  readonly maxConcurrent: number;
  /** Calls that wait until it is their turn. */
  readonly maxWaiting: number;
}

/** Lets so many in at once; so many more wait, first come, first served, and the rest are refused. */
export class Bulkhead {
  private inside = 0;
  /** In the order of their coming. */
  private readonly waiting = new Set<() => void>();

  constructor(private readonly options: BulkheadOptions) {}

  /** Whether one more is let in at once; who is let in has to leave. */
  tryEnter(): boolean {
    if (this.inside >= this.options.maxConcurrent) return false;
    this.inside += 1;
    return true;
  }

  /** Waits to be let in. Rejects with a `SubgraphOverloadedError` at once when too many wait, and with the abort's reason. */
  enter(signal: CancelSignal | undefined): Promise<void> {
    const { maxConcurrent, maxWaiting } = this.options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      if (this.tryEnter()) return resolve();
      if (this.waiting.size >= maxWaiting) {
        return reject(new SubgraphOverloadedError(maxConcurrent, maxWaiting));
      }
      const giveUp = (): void => {
        this.waiting.delete(goIn);
        reject(signal?.reason as Error);
      };
      const goIn = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      this.waiting.add(goIn);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Makes room: whoever has waited longest comes in instead. */
  leave(): void {
    const [next] = this.waiting;
    if (!next) {
      this.inside -= 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}
