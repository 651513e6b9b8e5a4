import fc from 'fast-check';
import {
  CircuitBreaker,
  type CircuitBreakerOptions,
  type CircuitState,
  type Permit,
} from '../../src/resilience/circuit-breaker.ts';
import { TestClock } from '../support/issuer.ts';

const OPTIONS: CircuitBreakerOptions = {
  failureRateThreshold: 50,
  slidingWindowSize: 20,
  minimumNumberOfCalls: 10,
  waitDurationInOpenStateMs: 5_000,
  permittedNumberOfCallsInHalfOpenState: 3,
};

let clock: TestClock;
let told: CircuitState[];
let breaker: CircuitBreaker;

beforeEach(() => {
  clock = new TestClock();
  told = [];
  breaker = new CircuitBreaker(OPTIONS, clock, (state) => told.push(state));
});

const permit = (): Permit => {
  const given = breaker.permit();
  if (given === undefined) throw new Error('No call is permitted');
  return given;
};
const calls = (count: number, outcome: 'succeeded' | 'failed') => {
  for (let made = 0; made < count; made += 1) breaker[outcome](permit());
};

it('opens once half of the last calls have failed, and tells so once', () => {
  calls(9, 'failed');
  expect(breaker.state).toBe('CLOSED');

  calls(1, 'failed');

  expect(breaker.permit()).toBeUndefined();
  expect(told).toEqual(['OPEN']);
});

it('looks at the last twenty calls and at no others', () => {
  calls(20, 'succeeded');
  calls(9, 'failed');
  calls(11, 'succeeded');
  calls(9, 'failed');
  expect(breaker.state).toBe('CLOSED');

  calls(1, 'failed');

  expect(breaker.state).toBe('OPEN');
});

it('permits three calls after five seconds, and closes when they go well', () => {
  calls(10, 'failed');
  clock.advance(4.9);
  expect(breaker.permit()).toBeUndefined();

  clock.advance(0.1);
  const trials = [permit(), permit(), permit()];
  expect(breaker.permit()).toBeUndefined();
  trials.forEach((trial) => breaker.succeeded(trial));

  expect(told).toEqual(['OPEN', 'HALF_OPEN', 'CLOSED']);
  calls(9, 'failed');
  expect(breaker.state).toBe('CLOSED');
});

it('opens for as long again when the trials fail', () => {
  calls(10, 'failed');
  clock.advance(5);
  calls(3, 'failed');

  clock.advance(4.9);
  expect(breaker.permit()).toBeUndefined();
  clock.advance(0.1);
  expect(breaker.permit()).toBeDefined();
});

it('gives the place of a trial that was not made to another', () => {
  calls(10, 'failed');
  clock.advance(5);
  const trials = [permit(), permit(), permit()];
  breaker.released(trials[0]!);

  expect(breaker.permit()).toBeDefined();
});

it('heeds nothing of calls from before it changed', () => {
  const slow = Array.from({ length: 12 }, permit);
  calls(10, 'failed');
  clock.advance(5);

  slow.forEach((late) => breaker.failed(late));
  calls(3, 'succeeded');

  expect(breaker.state).toBe('CLOSED');
});

/** Says the same as the breaker in the plainest way: from all that has happened so far. */
class Model {
  state: CircuitState = 'CLOSED';
  private ended: boolean[] = [];
  private given = new Set<number>();
  private openedAt = 0;
  private nowMs = 0;

  pass(ms: number): void {
    this.nowMs += ms;
  }

  permits(id: number): boolean {
    if (this.state === 'OPEN' && this.nowMs - this.openedAt >= 5_000) this.turn('HALF_OPEN');
    if (this.state === 'OPEN') return false;
    if (this.state === 'HALF_OPEN' && this.given.size + this.ended.length >= 3) return false;
    this.given.add(id);
    return true;
  }

  end(id: number, outcome: Outcome): void {
    if (!this.given.delete(id) || outcome === 'released') return;
    this.ended.push(outcome === 'failed');
    const last = this.ended.slice(-20);
    const isMuch = last.filter(Boolean).length >= last.length / 2;
    if (this.state === 'CLOSED' && last.length >= 10 && isMuch) this.turn('OPEN');
    if (this.state === 'HALF_OPEN' && last.length === 3) this.turn(isMuch ? 'OPEN' : 'CLOSED');
  }

  private turn(state: CircuitState): void {
    this.state = state;
    this.ended = [];
    this.given = new Set();
    if (state === 'OPEN') this.openedAt = this.nowMs;
  }
}

type Outcome = 'succeeded' | 'failed' | 'released';
type Step =
  | { readonly kind: 'ask' }
  | { readonly kind: 'end'; readonly which: number; readonly outcome: Outcome }
  | { readonly kind: 'pass'; readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ kind: 'ask' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      which: fc.nat(30),
      outcome: fc.constantFrom<Outcome>('failed', 'failed', 'succeeded', 'released'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(1, 4, 5) }),
  },
);

it('permits and refuses as its model does, whatever happens in whatever order', () => {
  const check = fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    const time = new TestClock();
    const real = new CircuitBreaker(OPTIONS, time, () => undefined);
    const model = new Model();
    const open: { id: number; permit: Permit }[] = [];
    steps.forEach((one, id) => {
      if (one.kind === 'pass') {
        time.advance(one.seconds);
        model.pass(one.seconds * 1_000);
      } else if (one.kind === 'ask') {
        const given = real.permit();
        expect(given !== undefined).toBe(model.permits(id));
        if (given !== undefined) open.push({ id, permit: given });
      } else {
        const [call] = open.splice(one.which % Math.max(open.length, 1), 1);
        if (!call) return;
        real[one.outcome](call.permit);
        model.end(call.id, one.outcome);
      }
      expect(real.state).toBe(model.state);
    });
  });
  fc.assert(check, { numRuns: 300 });
});
