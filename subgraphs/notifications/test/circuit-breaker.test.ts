import fc from 'fast-check';
import {
  CIRCUIT_BREAKER_DEFAULTS,
  CircuitBreaker,
  type CircuitState,
} from '../src/services/circuit-breaker.ts';
import { FakeClock } from '@crema/kit/testing';

const setUp = () => {
  const clock = new FakeClock();
  const states: CircuitState[] = [];
  const breaker = new CircuitBreaker(clock, (state) => states.push(state));
  const call = (end: 'succeeded' | 'failed', times = 1) => {
    for (let i = 0; i < times; i++) breaker.acquire()![end]();
  };
  return { clock, states, breaker, call };
};

describe('a circuit breaker', () => {
  it('stays closed below its fewest calls, and opens at half of them failed', () => {
    const { breaker, call } = setUp();
    call('failed', 9);
    expect(breaker.state).toBe('CLOSED');
    call('succeeded');
    expect(breaker.state).toBe('OPEN');
    expect(breaker.acquire()).toBeNull();
  });

  it('looks at the last twenty calls alone', () => {
    const { breaker, call } = setUp();
    call('succeeded', 100);
    call('failed', 9);
    expect(breaker.state).toBe('CLOSED');
    call('failed');
    expect(breaker.state).toBe('OPEN');
  });

  it('permits three calls after five seconds, and closes when they go well', () => {
    const { clock, states, breaker, call } = setUp();
    call('failed', 10);
    clock.advance(4_999);
    expect(breaker.acquire()).toBeNull();
    clock.advance(1);
    const permits = [breaker.acquire(), breaker.acquire(), breaker.acquire()];
    expect(breaker.acquire()).toBeNull();
    permits[0]!.succeeded();
    expect(breaker.acquire()).toBeNull();
    permits[1]!.failed();
    permits[2]!.succeeded();
    expect(states).toEqual(['OPEN', 'HALF_OPEN', 'CLOSED']);
    call('failed', 9);
    expect(breaker.state).toBe('CLOSED');
  });

  it('opens for another five seconds when they fail', () => {
    const { clock, breaker, call } = setUp();
    call('failed', 10);
    clock.advance(5_000);
    call('failed', 3);
    expect(breaker.state).toBe('OPEN');
    clock.advance(4_999);
    expect(breaker.acquire()).toBeNull();
    clock.advance(1);
    expect(breaker.acquire()).not.toBeNull();
  });

  it('gives a permit that was not used to another, and takes each back once', () => {
    const { clock, breaker, call } = setUp();
    call('failed', 10);
    clock.advance(5_000);
    const permits = [breaker.acquire()!, breaker.acquire()!, breaker.acquire()!];
    permits[0]!.released();
    permits[0]!.failed();
    expect(breaker.acquire()).not.toBeNull();
    expect(breaker.acquire()).toBeNull();
  });

  it('heeds no call that began before it opened', () => {
    const { clock, breaker, call } = setUp();
    const late = [breaker.acquire()!, breaker.acquire()!, breaker.acquire()!];
    call('failed', 10);
    clock.advance(5_000);
    const trial = breaker.acquire()!;
    for (const permit of late) permit.failed();
    expect(breaker.state).toBe('HALF_OPEN');
    trial.succeeded();
    call('succeeded', 2);
    expect(breaker.state).toBe('CLOSED');
  });

  it('never permits more than it may, whatever happens', () => {
    const step = fc.oneof(
      fc.constant('acquire' as const),
      fc.constant('succeeded' as const),
      fc.constant('failed' as const),
      fc.constant('released' as const),
      fc.integer({ min: 1, max: 6_000 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const { clock, breaker } = setUp();
        let openedAt: number | null = null;
        let trials = 0;
        const held: NonNullable<ReturnType<CircuitBreaker['acquire']>>[] = [];
        for (const each of steps) {
          const before = breaker.state;
          if (typeof each === 'number') clock.advance(each);
          else if (each === 'acquire') {
            const permit = breaker.acquire();
            if (permit) held.push(permit);
            if (before === 'OPEN') {
              const waited = clock.now().getTime() - openedAt!;
              expect(permit !== null).toBe(
                waited >= CIRCUIT_BREAKER_DEFAULTS.waitDurationInOpenStateMs,
              );
              trials = 0;
            }
            if (permit && breaker.state === 'HALF_OPEN') trials++;
          } else {
            if (each === 'released' && before === 'HALF_OPEN') trials--;
            held.shift()?.[each]();
          }
          if (before !== 'OPEN' && breaker.state === 'OPEN') openedAt = clock.now().getTime();
          if (breaker.state === 'HALF_OPEN') expect(trials).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 300 },
    );
  });
});
