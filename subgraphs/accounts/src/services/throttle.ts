import { createHash } from 'node:crypto';
import { refused, type Cache, type Clock, type Refusal } from '@crema/kit';

/** So many tries of one subject within each window of time. */
export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly windowMs: number;
}

/**
 * Counts tries before they are made, so that many at once cannot pass together. What succeeds is given
 * back. Windows begin at multiples of their length, so that both counts of one window end together.
 */
export class Throttle {
  constructor(
    private readonly cache: Cache,
    private readonly clock: Clock,
  ) {}

  /** Counts a try. Null when it may be made, else the time from which one may be made again. */
  async take(limit: Limit, subject: string): Promise<Date | null> {
    const { key, endsAt } = this.windowOf(limit, subject);
    const { count } = await this.cache.increment(key, limit.windowMs);
    if (count <= limit.most) return null;
    const givenBack = Number((await this.cache.get(`${key}:back`)) ?? 0);
    return count - givenBack <= limit.most ? null : endsAt;
  }

  /** Counts a try of each, or refuses with TOO_MANY_ATTEMPTS. */
  async require(...tries: readonly (readonly [Limit, string])[]): Promise<void> {
    const waits = await Promise.all(tries.map(([limit, subject]) => this.take(limit, subject)));
    const until = Math.max(...waits.map((wait) => wait?.getTime() ?? 0));
    if (until > 0) throw tooManyAttempts(until - this.clock.now().getTime());
  }

  /** The last try does not count: it was no guess. */
  async giveBack(limit: Limit, subject: string): Promise<void> {
    await this.cache.increment(`${this.windowOf(limit, subject).key}:back`, limit.windowMs);
  }

  /** Forgets all tries of the subject: it has proven itself. */
  async forget(limit: Limit, subject: string): Promise<void> {
    await this.cache.delete(this.windowOf(limit, subject).key);
  }

  /** Subjects are hashed: no cache holds a person's address. */
  private windowOf({ name, windowMs }: Limit, subject: string): { key: string; endsAt: Date } {
    const window = Math.floor(this.clock.now().getTime() / windowMs);
    const who = createHash('sha256').update(subject).digest('base64url');
    return {
      key: `accounts:throttle:${name}:${who}:${window}`,
      endsAt: new Date((window + 1) * windowMs),
    };
  }
}

function tooManyAttempts(waitMs: number): Refusal {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return refused('TOO_MANY_ATTEMPTS', `Too many attempts. Try again in ${seconds} seconds.`);
}
