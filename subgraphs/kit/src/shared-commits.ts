import type Libsql from 'libsql';
import { afterArrivals } from './clock.ts';

interface Waiting {
  work(): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * Writes to a SQLite file. What is asked for at the same time is committed together: a commit costs as much
 * as several writes. Each work stands or falls alone, and is told of only once it is committed.
 */
export class SharedCommits {
  private waiting: Waiting[] = [];

  constructor(private readonly file: Libsql.Database) {}

  /** Does the work, without a gap in it, in the next commit; it may be done anew when another one fails. */
  run<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ work, resolve: resolve as Waiting['resolve'], reject }) > 1) return;
      void afterArrivals().then(() => this.commitWaiting());
    });
  }

  private commitWaiting(): void {
    const together = this.waiting;
    this.waiting = [];
    if (!this.tryTogether(together)) for (const each of together) this.commitAlone(each);
  }

  private tryTogether(group: readonly Waiting[]): boolean {
    let results: unknown[];
    try {
      results = this.atomically(() => group.map(({ work }) => work()));
    } catch {
      return false;
    }
    group.forEach(({ resolve }, index) => resolve(results[index]));
    return true;
  }

  private commitAlone({ work, resolve, reject }: Waiting): void {
    try {
      resolve(this.atomically(work));
    } catch (error) {
      reject(error);
    }
  }

  /** As libsql's own `transaction`, without what that builds anew for each call. */
  private atomically<Result>(work: () => Result): Result {
    this.file.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.file.exec('COMMIT');
      return result;
    } catch (error) {
      this.file.exec('ROLLBACK');
      throw error;
    }
  }
}
