import type { EventLog, StoredEvent } from '@crema/kit';

/** Where sales are imported into: a Crema that runs, here or on servers, or the data of one that does not. */
export interface Crema {
  /** For people. */
  readonly place: string;
  readonly events: EventLog;
  /** Appends facts; waits while Crema has many of them yet to apply. */
  tell(facts: readonly StoredEvent[]): Promise<void>;
  /** Waits for what Crema does upon facts. False when it does not come about. */
  until(isSo: () => Promise<boolean>): Promise<boolean>;
  /** Waits until all facts are applied. False when nobody goes on applying them. */
  applied(): Promise<boolean>;
}
