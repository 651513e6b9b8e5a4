import type { Clock } from '../system/clock.ts';

/** Resilience4j's names, whose documentation says what they mean in every detail. */
export interface CircuitBreakerOptions {
  /** Per cent of the calls in the window; from there on the circuit opens. */
  readonly failureRateThreshold: number;
  /** How many of the last calls are looked at. */
  readonly slidingWindowSize: number;
  /** With fewer calls than that in the window the circuit stays closed. */
  readonly minimumNumberOfCalls: number;
  readonly waitDurationInOpenStateMs: number;
  /** The calls that tell whether an open circuit may close. */
  readonly permittedNumberOfCallsInHalfOpenState: number;
}

export type CircuitState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** The right to make one call. It is void as soon as the circuit has changed its state. */
export type Permit = number;

/**
 * Keeps calls away from what fails: after too many failures none is permitted for a while, then a few that show whether
 * it works again. How a call ends that was permitted in an earlier state changes nothing.
 */
export class CircuitBreaker {
  private current: CircuitState = 'CLOSED';
  /** How the newest calls of this state ended, 1 for a failure; the oldest are overwritten. */
  private readonly window: Uint8Array;
  private calls = 0;
  private failures = 0;
  /** Permits of this state that are not returned. */
  private underWay = 0;
  private openedAtMs = 0;
  /** Rises with each change of state. */
  private era: Permit = 0;

  constructor(
    private readonly options: CircuitBreakerOptions,
    private readonly clock: Clock,
    private readonly onChange: (state: CircuitState) => void,
  ) {
    const { slidingWindowSize, permittedNumberOfCallsInHalfOpenState } = options;
    this.window = new Uint8Array(
      Math.max(slidingWindowSize, permittedNumberOfCallsInHalfOpenState),
    );
  }

  get state(): CircuitState {
    return this.current;
  }

  /** Undefined while no call is permitted. A permit is given back once, by one of the three methods below. */
  permit(): Permit | undefined {
    if (this.current === 'OPEN') {
      const waitedMs = this.clock.now().getTime() - this.openedAtMs;
      if (waitedMs < this.options.waitDurationInOpenStateMs) return undefined;
      this.become('HALF_OPEN');
    }
    if (this.current === 'HALF_OPEN' && this.underWay + this.calls >= this.size) return undefined;
    this.underWay += 1;
    return this.era;
  }

  succeeded(permit: Permit): void {
    this.record(permit, 0);
  }

  failed(permit: Permit): void {
    this.record(permit, 1);
  }

  /** The call was not made, or says nothing about whom it was made to. */
  released(permit: Permit): void {
    if (permit === this.era) this.underWay -= 1;
  }

  /** How many calls of this state are looked at. */
  private get size(): number {
    const { slidingWindowSize, permittedNumberOfCallsInHalfOpenState } = this.options;
    return this.current === 'HALF_OPEN' ? permittedNumberOfCallsInHalfOpenState : slidingWindowSize;
  }

  private record(permit: Permit, failure: 0 | 1): void {
    if (permit !== this.era) return;
    this.underWay -= 1;
    const { size, window } = this;
    const at = this.calls % size;
    if (this.calls >= size) this.failures -= window[at] ?? 0;
    window[at] = failure;
    this.failures += failure;
    this.calls += 1;
    this.judge(size);
  }

  private judge(size: number): void {
    const isTrial = this.current === 'HALF_OPEN';
    const { minimumNumberOfCalls, failureRateThreshold } = this.options;
    if (this.calls < (isTrial ? size : Math.min(minimumNumberOfCalls, size))) return;
    const rate = (this.failures * 100) / Math.min(this.calls, size);
    if (rate >= failureRateThreshold) this.become('OPEN');
    else if (isTrial) this.become('CLOSED');
  }

  private become(state: CircuitState): void {
    this.current = state;
    this.calls = 0;
    this.failures = 0;
    this.underWay = 0;
    this.era += 1;
    if (state === 'OPEN') this.openedAtMs = this.clock.now().getTime();
    this.onChange(state);
  }
}
