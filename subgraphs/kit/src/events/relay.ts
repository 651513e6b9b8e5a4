import { every, type Cancel, type Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { EventLog } from './event-log.ts';
import type { Logger } from '../log.ts';

const BATCH = 500;
/** Catches what a failed append, a crash or another process left behind; commits of this process do not wait for it. */
const SWEEP_EVERY_MS = 1_000;

/** Carries committed facts from one database's outbox into the event log, in order, at least once. */
export class Relay {
  private running: Promise<boolean> | null = null;
  private next: Promise<boolean> | null = null;
  private stopSweeping: Cancel = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly events: Pick<EventLog, 'append'>,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    database.onPublished(() => void this.nudge());
  }

  start(): void {
    this.stopSweeping = every(this.clock, SWEEP_EVERY_MS, () =>
      this.nudge().then(() => this.database.outbox.clear()),
    );
    void this.nudge();
  }

  /**
   * Carries what is there now, what was committed before the call included. Resolves, with whether there was
   * anything, when no more is found or the event log takes none.
   */
  nudge(): Promise<boolean> {
    if (!this.running) return this.run();
    this.next ??= this.running.then(async (carried) => {
      this.next = null;
      return (await this.run()) || carried;
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
    await this.database.outbox.clear();
  }

  private async carry(): Promise<boolean> {
    for (let total = 0; ;) {
      const count = await this.database.outbox.take(BATCH, (events) => this.events.append(events));
      total += count;
      if (count < BATCH) return total > 0;
    }
  }
}
