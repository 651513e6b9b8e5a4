import type { StoredEvent } from '../event-contract.ts';
import type { LoggedEvent, Tell } from '../event-log.ts';
import type { LogFile } from './event-log-file.ts';
import type { Logger } from '../../log.ts';

const READ_AT_ONCE = 1_000;

/** Tells one follower what is appended after it came, in the order of the file. */
export class LogFollower {
  private position: number;

  constructor(
    private readonly topics: readonly string[],
    private readonly tell: Tell,
    private readonly statements: LogFile['statements'],
    private readonly log: Logger,
  ) {
    this.position = statements.last.get().position ?? 0;
  }

  /** Takes new events of the log's end; where they leave a gap, the file has what is between. */
  offer(events: readonly LoggedEvent[]): void {
    if (events[0]!.position !== this.position + 1) return this.look();
    for (const event of events) this.pass(event);
  }

  /** Looks into the file. */
  look(): void {
    for (;;) {
      const rows = this.statements.follow.all(this.position, READ_AT_ONCE);
      for (const { position, partition, event } of rows) {
        this.pass({ ...(JSON.parse(event) as StoredEvent), partition, position });
      }
      if (rows.length < READ_AT_ONCE) return;
    }
  }

  private pass(event: LoggedEvent): void {
    this.position = event.position;
    if (!this.topics.includes(event.topic)) return;
    try {
      this.tell(event);
    } catch (error) {
      this.log.error({ eventId: event.id, err: error }, 'a follower failed on an event');
    }
  }
}
