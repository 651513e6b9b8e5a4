import { every, type Clock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** Work that time asks for: deadlines, expiries, clean-ups. Running it twice must do no harm. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

/** Runs the jobs until stopped. A job that fails is logged and comes again at its time. */
export function runJobs(
  jobs: readonly Job[],
  clock: Clock,
  log: Logger,
): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>();
  const cancels = jobs.map((job) =>
    every(clock, job.everyMs, async () => {
      const run = job.run().catch((error: unknown) => {
        log.error({ job: job.name, err: error }, 'a job failed; it comes again at its time');
      });
      running.add(run);
      await run;
      running.delete(run);
    }),
  );
  return {
    stop: async () => {
      for (const cancel of cancels) cancel();
      await Promise.all(running);
    },
  };
}
