import { createHash } from 'node:crypto';
import type { Clock } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';
import { Queue } from '../system/queue.ts';

/** Which supergraph is served, and whether a later one was refused. */
export interface SupergraphStatus {
  /** SHA-256 of the schema's text, in hexadecimal digits. */
  readonly hash: string;
  readonly since: Date;
  /** The last one that could not be served, unless one could after it. */
  readonly refused?: { readonly hash: string; readonly at: Date; readonly reason: string };
}

/** Lets one supergraph take over from another, one at a time. One that cannot be served changes nothing. */
export class Takeover {
  /** How many took over since the start, and how many were refused; one that is offered again and again counts once. */
  readonly counts = { takenOver: 0, refused: 0 };
  private readonly queue = new Queue();
  private current: SupergraphStatus;

  constructor(
    first: string,
    private readonly serve: (sdl: string) => Promise<void>,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.current = { hash: hashOf(first), since: clock.now() };
  }

  get status(): SupergraphStatus {
    return this.current;
  }

  /** Serves this one from now on. Rejects with why it cannot be; the log hears of each refused one once. */
  offer(sdl: string): Promise<void> {
    return this.queue.run(() => this.take(sdl, hashOf(sdl)));
  }

  private async take(sdl: string, hash: string): Promise<void> {
    const { hash: serving, since, refused } = this.current;
    if (hash === serving) {
      this.current = { hash, since };
      return;
    }
    try {
      await this.serve(sdl);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      if (hash !== refused?.hash) {
        this.counts.refused += 1;
        this.log.error({ hash, reason, serving }, 'A new supergraph is refused; the old one stays');
      }
      this.current = { hash: serving, since, refused: { hash, at: this.clock.now(), reason } };
      throw thrown;
    }
    this.current = { hash, since: this.clock.now() };
    this.counts.takenOver += 1;
    this.log.info({ hash, before: serving }, 'Another supergraph is served');
  }
}

const hashOf = (sdl: string): string => createHash('sha256').update(sdl).digest('hex');
