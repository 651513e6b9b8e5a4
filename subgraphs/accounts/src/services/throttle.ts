import { createHash } from 'node:crypto';
import { refused, type Cache, type Clock, type Refusal } from '@crema/kit';

/** So many tries of one subject within a window of time, which begins with the first. */
export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly windowMs: number;
}

/** A try that was counted. */
export interface Try {
  /** Null when it may be made, else the time from which one may be made again. */
  readonly until: Date | null;
  /** It was no guess, and does not count. */
  giveBack(): Promise<void>;
}

type Tries = readonly (readonly [Limit, string])[];

/** Counts tries before they are made, so that many at once cannot pass together. */
export class Throttle {
  constructor(
    private readonly cache: Cache,
    private readonly clock: Clock,
  ) {}

  async take(limit: Limit, subject: string): Promise<Try> {
    const key = keyOf(limit, subject);
    const { count, expiresAt } = await this.cache.increment(key, limit.windowMs);
    // Windows of one subject end a whole length apart, so no two have the same number.
    const givenBackKey = `${key}:${Math.round(expiresAt.getTime() / limit.windowMs)}:back`;
    const givenBack = count > limit.most ? Number((await this.cache.get(givenBackKey)) ?? 0) : 0;
    return {
      until: count > limit.most + givenBack ? expiresAt : null,
      giveBack: async () => {
        await this.cache.increment(givenBackKey, limit.windowMs);
      },
    };
  }

  /** Counts a try of each, or refuses with TOO_MANY_ATTEMPTS. */
  async require<Given extends Tries>(...given: Given): Promise<{ [Index in keyof Given]: Try }> {
    const tries = await Promise.all(given.map(([limit, subject]) => this.take(limit, subject)));
    const until = Math.max(...tries.map((each) => each.until?.getTime() ?? 0));
    if (until > 0) throw tooManyAttempts(until - this.clock.now().getTime());
    return tries as { [Index in keyof Given]: Try };
  }

  /** Forgets all tries of the subject: it has proven itself. */
  forget(limit: Limit, subject: string): Promise<void> {
    return this.cache.delete(keyOf(limit, subject));
  }
}

/** Subjects are hashed: no cache holds a person's address. */
const keyOf = ({ name }: Limit, subject: string): string =>
  `accounts:throttle:${name}:${createHash('sha256').update(subject).digest('base64url')}`;

function tooManyAttempts(waitMs: number): Refusal {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return refused('TOO_MANY_ATTEMPTS', `Too many attempts. Try again in ${seconds} seconds.`);
}
