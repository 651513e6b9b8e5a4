/** A point in the order of invalidations. Only the store that told it can read it. */
export type Moment = string;

/** What is kept of an answer, until it is too old or one of its tags is invalidated. */
export interface StoredAnswer {
  readonly key: string;
  /** JSON. Never changed by whoever stores or reads it. */
  readonly value: unknown;
  readonly tags: readonly string[];
  readonly ttlMs: number;
}

export interface Lookup {
  /** When it was looked. What is asked for from now on is stored as of this moment. */
  readonly moment: Moment;
  /** The value under each key, or undefined. */
  readonly values: readonly unknown[];
}

/**
 * Keeps answers of subgraphs. An answer counts only when none of its tags was invalidated since the moment before it was asked
 * for: whatever is under way while something is invalidated is stored in vain. So nothing that is read after `invalidate` has
 * resolved was asked for before, by whichever router.
 */
export interface ResponseStore {
  /** Undefined while the store cannot be asked. Never rejects. */
  read(keys: readonly string[]): Lookup | Promise<Lookup | undefined>;
  /** Keeps answers that were asked for after `moment`. Whether that succeeds is not told. Never rejects. */
  write(moment: Moment, answers: readonly StoredAnswer[]): void | Promise<void>;
  /** Resolves when no answer with one of these tags can be read any more. Rejects when that is not certain. */
  invalidate(tags: readonly string[]): Promise<void>;
}

/** The store cannot be asked, so what it keeps may be read again: invalidate again. */
export class StoreUnavailableError extends Error {
  constructor() {
    super('The store of cached answers is away: nothing was invalidated');
    this.name = 'StoreUnavailableError';
  }
}
