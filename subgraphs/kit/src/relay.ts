import { LessThanOrEqual } from 'typeorm';
import { every, type Cancel, type Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { Logger } from './log.ts';
import { OutboxEntry, readOutbox, type PendingEvent } from './outbox.ts';

const BATCH = 500;
/** Rows that are in the log are removed together; until then a crash repeats them, and the log knows them. */
const CLEAR_AFTER = 200;
/** Catches what a failed append or a crash left behind; commits of this process do not wait for it. */
const SWEEP_EVERY_MS = 1_000;

/** Carries committed facts from one database's outbox into the event log, in order, at least once. */
export class Relay {
  private running: Promise<boolean> | null = null;
  private next: Promise<boolean> | null = null;
  private relayed = 0;
  private cleared = 0;
  private stopSweeping: Cancel = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    database.onPublished(() => void this.nudge());
  }

  start(): void {
    this.stopSweeping = every(this.clock, SWEEP_EVERY_MS, () =>
      this.nudge().then(() => this.clear()),
    );
    void this.nudge();
  }

  /**
   * Carries what is there now, what was committed before the call included. Resolves, with whether there was
   * anything, when no more is found or the event log takes none.
   */
  nudge(): Promise<boolean> {
    if (!this.running) return this.run();
    this.next ??= this.running.then(() => {
      this.next = null;
      return this.run();
    });
    return this.next;
  }

  private run(): Promise<boolean> {
    this.running = this.carry()
      .catch((error: unknown) => {
        this.log.error({ err: error }, 'facts wait in the outbox: the event log takes none');
        return false;
      })
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  async stop(): Promise<void> {
    this.stopSweeping();
    while (this.running) await (this.next ?? this.running);
    await this.clear();
  }

  private async carry(): Promise<boolean> {
    const before = this.relayed;
    let pending: readonly PendingEvent[];
    do {
      pending = await readOutbox(this.database.read, this.relayed, BATCH);
      if (pending.length === 0) break;
      await this.events.append(pending.map(({ event }) => event));
      this.relayed = pending.at(-1)!.position;
    } while (pending.length === BATCH);
    if (this.relayed - this.cleared >= CLEAR_AFTER) await this.clear();
    return this.relayed > before;
  }

  private async clear(): Promise<void> {
    const relayed = this.relayed;
    if (relayed === this.cleared) return;
    await this.database.transaction(async (tx) => {
      await tx.manager.delete(OutboxEntry, { position: LessThanOrEqual(relayed) });
    });
    this.cleared = relayed;
  }
}
