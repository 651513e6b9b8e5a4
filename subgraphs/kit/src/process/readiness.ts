import type { Cancel, Clock } from '../clock.ts';
import { isReachable, type Dependency } from './dependency.ts';
import type { Logger } from '../log.ts';

/** What `/ready` says. */
export interface ReadinessReport {
  /** Whether requests should be sent here. */
  readonly isReady: boolean;
  readonly status: 'starting' | 'ready' | 'draining' | 'waiting';
  /** What cannot be reached, by name and address. */
  readonly missing: readonly string[];
}

type Probe = (dependency: Dependency, timeoutMs: number) => Promise<boolean>;

const PROBE_TIMEOUT_MS = 2_000;
/** What is there is looked at so often. */
const LOOK_EVERY_MS = 2_000;
/** What is missing is looked for at once, and then at doubled times. */
const FIRST_LOOK_MS = 250;
const LAST_LOOK_MS = 5_000;

/** Knows what the process needs and whether it is there. Every change is one line in the log. */
export class Readiness {
  private phase: 'starting' | 'serving' | 'draining' = 'starting';
  private readonly present = new Map<Dependency, boolean>();
  private readonly timers = new Map<Dependency, Cancel>();
  private readonly waiting = new Set<() => void>();
  private isWatching = false;

  private dependencies: readonly Dependency[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly log: Logger,
    private readonly probe: Probe = isReachable,
  ) {}

  /** Begins to look at every dependency, until `stop`. */
  watch(dependencies: readonly Dependency[]): void {
    this.dependencies = dependencies;
    this.isWatching = true;
    for (const dependency of this.dependencies) void this.look(dependency, FIRST_LOOK_MS);
  }

  stop(): void {
    this.isWatching = false;
    for (const cancel of this.timers.values()) cancel();
  }

  /** Resolves when everything that is needed to start has been seen. */
  async allThere(): Promise<void> {
    while (this.dependencies.some((each) => this.present.get(each) !== true)) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  serving(): void {
    this.phase = 'serving';
  }

  draining(): void {
    this.phase = 'draining';
  }

  /** What is missing and was looked for. */
  get missing(): readonly Dependency[] {
    return [...this.present].flatMap(([each, isThere]) => (isThere ? [] : [each]));
  }

  report(): ReadinessReport {
    const missing = this.missing.map(({ name, address }) => `${name} ${address}`);
    if (this.phase !== 'serving') return { isReady: false, status: this.phase, missing };
    const isReady = !this.missing.some(({ isVital }) => isVital);
    return { isReady, status: isReady ? 'ready' : 'waiting', missing };
  }

  private async look(dependency: Dependency, nextMs: number): Promise<void> {
    const isThere = await this.probe(dependency, PROBE_TIMEOUT_MS);
    if (!this.isWatching) return;
    this.note(dependency, isThere);
    const [waitMs, thenMs] = isThere
      ? [LOOK_EVERY_MS, FIRST_LOOK_MS]
      : [nextMs, Math.min(nextMs * 2, LAST_LOOK_MS)];
    const cancel = this.clock.after(waitMs, () => void this.look(dependency, thenMs));
    this.timers.set(dependency, cancel);
  }

  /** Takes down whether something is there, such as what no connection alone tells of. */
  note(dependency: Dependency, isThere: boolean): void {
    const was = this.present.get(dependency);
    this.present.set(dependency, isThere);
    if (was === isThere) return;
    const { name, address } = dependency;
    if (!isThere) this.log.warn({}, `waiting for ${name} at ${address}`);
    else if (was === false) this.log.info({}, `${name} at ${address} is there`);
    const tell = [...this.waiting];
    this.waiting.clear();
    for (const each of tell) each();
  }
}
