import type { Timers } from '../../system/clock.ts';
import type { Logger } from '../../system/logger.ts';
import { isFaultOfInstance, wasNeverProcessed } from './failures.ts';
import type { HttpTransport } from './http-transport.ts';

/** So many failures in a row take an instance out. One that cannot even be connected to is out at once. */
const MOST_FAILURES = 3;

/** The first probe comes after so long; each one that fails doubles the time to the next. */
const FIRST_PROBE_MS = 250;
const LAST_PROBE_MS = 4_000;

/**
 * One instance of a subgraph: what it has to do at the moment, and whether it is asked. One that is out is
 * probed by us from time to time; no client's request is risked on it.
 */
export class Instance {
  /** Requests, and subscriptions, that it has been given and not ended. */
  readonly load = { requests: 0, subscriptions: 0 };
  private failures = 0;
  private state: { readonly kind: 'in' } | { readonly kind: 'out'; cancel(): void } = IN;

  constructor(
    readonly transport: HttpTransport,
    private readonly timers: Timers,
    private readonly log: Logger,
    private readonly whenBack: () => void,
  ) {}

  get isOut(): boolean {
    return this.state.kind === 'out';
  }

  succeeded(): void {
    this.failures = 0;
    this.takeIn();
  }

  failed(reason: unknown): void {
    if (!isFaultOfInstance(reason)) return;
    this.failures += 1;
    if (this.isOut || (this.failures < MOST_FAILURES && !wasNeverProcessed(reason))) return;
    this.log.warn({ instance: this.transport.url.host, err: reason }, 'An instance is taken out');
    this.probeIn(FIRST_PROBE_MS);
  }

  async close(): Promise<void> {
    if (this.state.kind === 'out') this.state.cancel();
    this.state = IN;
    await this.transport.close();
  }

  private probeIn(delayMs: number): void {
    const cancel = this.timers.after(delayMs, () => void this.probe(delayMs));
    this.state = { kind: 'out', cancel };
  }

  private async probe(waitedMs: number): Promise<void> {
    const isThere = await this.transport.probe();
    if (!this.isOut) return;
    if (isThere) this.takeIn();
    else this.probeIn(Math.min(waitedMs * 2, LAST_PROBE_MS));
  }

  private takeIn(): void {
    if (this.state.kind === 'in') return;
    this.state.cancel();
    this.state = IN;
    this.failures = 0;
    this.log.info({ instance: this.transport.url.host }, 'An instance is taken in again');
    this.whenBack();
  }
}

const IN = { kind: 'in' } as const;
