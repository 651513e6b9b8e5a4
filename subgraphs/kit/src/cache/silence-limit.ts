import type { Redis } from 'ioredis';
import type { Cancel, Clock } from '../clock.ts';

/** A connection that is silent for so long after a call in vain is made anew: its other end may have vanished. */
const SILENT_MS = 5_000;

/** Watches one client's calls. The client's own limit, `socketTimeout`, outlives its connection and breaks the next one. */
export class SilenceLimit {
  private callOff: Cancel | null = null;

  constructor(
    private readonly redis: Redis,
    private readonly clock: Clock,
  ) {
    redis.on('close', () => this.trust());
  }

  /** What a call answers or rejects with. */
  async watch<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await call();
      this.trust();
      return answer;
    } catch (error) {
      // What is wrong with a call is an answer, too.
      if (error instanceof Error && error.name === 'ReplyError') this.trust();
      else this.suspect();
      throw error;
    }
  }

  private suspect(): void {
    if (this.redis.status !== 'ready') return;
    this.callOff ??= this.clock.after(SILENT_MS, () => {
      this.callOff = null;
      this.redis.disconnect(true);
    });
  }

  private trust(): void {
    this.callOff?.();
    this.callOff = null;
  }
}
