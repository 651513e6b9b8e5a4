import { pause, type Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { ProcessServer } from './process-server.ts';
import type { Readiness } from './readiness.ts';
import type { Platform, RunningSubgraph } from '../subgraph/start-subgraph.ts';

/** What does not end by itself in this time ends with the process. */
const LONGEST_DRAIN_MS = 20_000;

/** Ends the process in order: not ready, no new requests, those at work done, batches finished, data closed. */
export class Shutdown {
  private running: RunningSubgraph | null = null;
  private platform: Platform | null = null;
  private isUnderWay = false;

  constructor(
    private readonly readiness: Readiness,
    private readonly server: ProcessServer,
    /** How long requests are still taken, while others learn that they should go elsewhere. */
    private readonly graceMs: number,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  owns(running: RunningSubgraph, platform: Platform): void {
    this.running = running;
    this.platform = platform;
  }

  onSignals(): void {
    const end = (): void => {
      if (this.isUnderWay) process.exit(1);
      this.isUnderWay = true;
      this.run().then(
        () => process.exit(0),
        (error: unknown) => {
          this.log.error({ err: error }, 'did not end in order');
          process.exit(1);
        },
      );
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
    // Whoever started it over a channel is gone.
    process.on('disconnect', end);
  }

  private async run(): Promise<void> {
    this.log.info({}, 'draining');
    this.clock.after(this.graceMs + LONGEST_DRAIN_MS, () => {
      this.log.warn({}, 'what is still at work is cut off');
      process.exit(0);
    });
    this.readiness.draining();
    this.server.leave();
    if (this.running) await pause(this.clock, this.graceMs);
    this.readiness.stop();
    await this.server.close();
    await this.running?.stop();
    await this.platform?.events.close();
    await this.platform?.cache.close();
  }
}
