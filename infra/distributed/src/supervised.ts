import { spawn, type ChildProcess } from 'node:child_process';
import { lineCutter, type WriteLine } from './log-lines.ts';
import type { ProcessPlan } from './topology.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** Who has lived so long is not failing at its start. */
const SETTLED_AFTER_MS = 30_000;
const LOOK_EVERY_MS = 100;
const LONGEST_ANSWER_MS = 5_000;
/** Longer than a process takes to drain; what lives then is cut off. */
const LONGEST_STOP_MS = 30_000;

/** One process that is started again whenever it ends by itself, after pauses that grow. */
export class Supervised {
  private child: ChildProcess | null = null;
  private exited: Promise<void> = Promise.resolve();
  private isStopping = false;
  private pauseMs = FIRST_PAUSE_MS;
  private timer: NodeJS.Timeout | undefined;
  private startedAt = 0;
  /** How often it ended before it was first ready. */
  failures = 0;

  constructor(
    readonly plan: ProcessPlan,
    private readonly write: WriteLine,
  ) {}

  /** Undefined while it is not running. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    const { name, file, nodeOptions, env } = this.plan;
    this.startedAt = Date.now();
    const child = spawn(process.execPath, [...nodeOptions, file], {
      env,
      // The channel tells it when we are gone, however we went. Ctrl-C is ours to hear, so it is not in our group.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.child = child;
    const tell = (line: string) => this.write(name, line);
    child.stdout!.on('data', lineCutter(tell));
    child.stderr!.on('data', lineCutter(tell));
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.child = null;
        resolve();
        this.ended(signal ?? `code ${code}`);
      });
    });
  }

  /** Resolves when `/ready` answers 200. Rejects when the process has ended so often before. */
  async ready(mostFailures: number): Promise<void> {
    const url = `http://127.0.0.1:${this.plan.port}/ready`;
    for (;;) {
      const signal = AbortSignal.timeout(LONGEST_ANSWER_MS);
      const response = await fetch(url, { signal }).catch(() => null);
      if (response?.ok && this.child) return;
      if (this.isStopping || this.failures >= mostFailures) {
        throw new Error(`${this.plan.name} does not start; what it said stands above.`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** Ends it as the system would without asking; it is started again. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.exited;
  }

  /** Lets it end in order, and does not start it again. */
  async stop(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    const late = setTimeout(() => this.child?.kill('SIGKILL'), LONGEST_STOP_MS);
    this.child?.kill('SIGTERM');
    await this.exited;
    clearTimeout(late);
  }

  /** Ends it at once, for good. */
  abandon(): void {
    this.isStopping = true;
    clearTimeout(this.timer);
    this.child?.kill('SIGKILL');
  }

  private ended(how: string): void {
    if (this.isStopping) return;
    this.failures += 1;
    const hasSettled = Date.now() - this.startedAt > SETTLED_AFTER_MS;
    if (hasSettled) this.pauseMs = FIRST_PAUSE_MS;
    this.write(this.plan.name, `ended with ${how}; it is started again in ${this.pauseMs} ms`);
    this.timer = setTimeout(() => this.start(), this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
