import type { Clock } from '@crema/kit';

/** Resilience4j's names. */
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

export const CIRCUIT_BREAKER_DEFAULTS: CircuitBreakerOptions = {
  failureRateThreshold: 50,
  slidingWindowSize: 20,
  minimumNumberOfCalls: 10,
  waitDurationInOpenStateMs: 5_000,
  permittedNumberOfCallsInHalfOpenState: 3,
};

export type CircuitState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** The right to make one call. Whoever has it says once how the call ended, or that there was none. */
export interface Permit {
  succeeded(): void;
  failed(): void;
  /** The call was not made, or said nothing about the callee. */
  released(): void;
}

/**
 * Keeps calls away from what fails: after too many failures none is permitted for a while, then a few that show
 * whether it works again. How a call ends that was permitted in an earlier state of the circuit changes nothing.
 */
export class CircuitBreaker {
  private current: CircuitState = 'CLOSED';
  /** The newest calls of this state, oldest first; true for a failure. */
  private window: boolean[] = [];
  /** Permits of this state that are not returned. */
  private underWay = 0;
  private openedAtMs = 0;
  /** Rises with each change of state: permits of an earlier one are void. */
  private era = 0;

  constructor(
    private readonly clock: Clock,
    private readonly onChange: (state: CircuitState) => void = () => undefined,
    private readonly options: CircuitBreakerOptions = CIRCUIT_BREAKER_DEFAULTS,
  ) {}

  get state(): CircuitState {
    return this.current;
  }

  /** Null while no call is permitted. */
  acquire(): Permit | null {
    const { waitDurationInOpenStateMs, permittedNumberOfCallsInHalfOpenState } = this.options;
    if (this.current === 'OPEN') {
      if (this.nowMs() < this.openedAtMs + waitDurationInOpenStateMs) return null;
      this.become('HALF_OPEN');
    }
    if (
      this.current === 'HALF_OPEN' &&
      this.underWay + this.window.length >= permittedNumberOfCallsInHalfOpenState
    ) {
      return null;
    }
    this.underWay++;
    return this.permit();
  }

  private permit(): Permit {
    const { era } = this;
    let isReturned = false;
    const once = (then: () => void) => () => {
      if (isReturned || era !== this.era) return;
      isReturned = true;
      this.underWay--;
      then();
    };
    return {
      succeeded: once(() => this.record(false)),
      failed: once(() => this.record(true)),
      released: once(() => undefined),
    };
  }

  private record(isFailure: boolean): void {
    const isTrial = this.current === 'HALF_OPEN';
    const size = isTrial
      ? this.options.permittedNumberOfCallsInHalfOpenState
      : this.options.slidingWindowSize;
    this.window = [...this.window, isFailure].slice(-size);
    const enough = isTrial ? size : Math.min(this.options.minimumNumberOfCalls, size);
    if (this.window.length < enough) return;
    const failures = this.window.filter(Boolean).length;
    const hasFailed = failures * 100 >= this.options.failureRateThreshold * this.window.length;
    if (hasFailed) this.become('OPEN');
    else if (isTrial) this.become('CLOSED');
  }

  private become(state: CircuitState): void {
    this.current = state;
    this.window = [];
    this.underWay = 0;
    this.era++;
    if (state === 'OPEN') this.openedAtMs = this.nowMs();
    this.onChange(state);
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
