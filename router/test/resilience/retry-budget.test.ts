import fc from 'fast-check';
import { RetryBudget } from '../../src/resilience/retry-budget.ts';
import { TestClock } from '../support/issuer.ts';

const withdrawn = (budget: RetryBudget, tries: number): number =>
  Array.from({ length: tries }, () => budget.withdraw()).filter(Boolean).length;

it('has ten seconds saved at first, and earns some each second', () => {
  const clock = new TestClock();
  const budget = new RetryBudget({ retryPercent: 10, retriesPerSecond: 5 }, clock);

  expect(withdrawn(budget, 100)).toBe(50);
  clock.advance(2);
  expect(withdrawn(budget, 100)).toBe(10);
});

it('lets a share of the calls be repeated', () => {
  const budget = new RetryBudget({ retryPercent: 10, retriesPerSecond: 5 }, new TestClock());
  withdrawn(budget, 50);

  for (let call = 0; call < 205; call += 1) budget.deposit();

  expect(withdrawn(budget, 100)).toBe(20);
});

it('lets nothing be repeated when nothing is to be', () => {
  const budget = new RetryBudget({ retryPercent: 0, retriesPerSecond: 0 }, new TestClock());

  expect(withdrawn(budget, 10)).toBe(0);
});

type Step = 'call' | 'retry' | { readonly seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>('call') },
  { weight: 6, arbitrary: fc.constant<Step>('retry') },
  { weight: 1, arbitrary: fc.record({ seconds: fc.integer({ min: 1, max: 20 }) }) },
);

it('gives what it was given and no more, whatever happens in whatever order', () => {
  const check = fc.property(
    fc.integer({ min: 0, max: 100 }),
    fc.integer({ min: 0, max: 20 }),
    fc.array(step, { maxLength: 300 }),
    (retryPercent, retriesPerSecond, steps) => {
      const clock = new TestClock();
      const budget = new RetryBudget({ retryPercent, retriesPerSecond }, clock);
      const most = retryPercent + retriesPerSecond === 0 ? 0 : Math.max(retriesPerSecond * 10, 1);
      // In hundredths.
      let saved = most * 100;
      const earn = (more: number) => (saved = Math.min(saved + more, most * 100));
      for (const one of steps) {
        if (one === 'call') {
          budget.deposit();
          earn(retryPercent);
        } else if (one === 'retry') {
          const isGiven = budget.withdraw();
          expect(isGiven).toBe(saved >= 100);
          if (isGiven) saved -= 100;
        } else {
          clock.advance(one.seconds);
          earn(one.seconds * retriesPerSecond * 100);
        }
      }
    },
  );
  fc.assert(check, { numRuns: 300 });
});
