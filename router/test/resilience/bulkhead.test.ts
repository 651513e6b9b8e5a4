import fc from 'fast-check';
import { Bulkhead } from '../../src/resilience/bulkhead.ts';
import { SubgraphOverloadedError } from '../../src/resilience/subgraph-failures.ts';
import { outcomeOf, settled } from '../support/held-calls.ts';

const entered = (bulkhead: Bulkhead, signal?: AbortSignal) => outcomeOf(bulkhead.enter(signal));

it('lets so many in, lets so many wait, and refuses the rest at once', async () => {
  const bulkhead = new Bulkhead({ maxConcurrent: 2, maxWaiting: 1 });
  const all = [1, 2, 3, 4].map(() => entered(bulkhead));
  await settled();

  expect(all.map(({ current }) => current)).toEqual([
    undefined,
    undefined,
    'waiting',
    expect.any(SubgraphOverloadedError),
  ]);
});

it('lets in who has waited longest when one leaves', async () => {
  const bulkhead = new Bulkhead({ maxConcurrent: 1, maxWaiting: 2 });
  const [, second, third] = [1, 2, 3].map(() => entered(bulkhead));

  bulkhead.leave();
  await settled();

  expect([second?.current, third?.current]).toEqual([undefined, 'waiting']);
});

it('forgets who gives up', async () => {
  const bulkhead = new Bulkhead({ maxConcurrent: 1, maxWaiting: 1 });
  entered(bulkhead);
  const controller = new AbortController();
  const gone = entered(bulkhead, controller.signal);
  controller.abort(new Error('left'));
  const next = entered(bulkhead);
  bulkhead.leave();
  await settled();

  expect([gone.current, next.current]).toEqual([new Error('left'), undefined]);
});

type Step = 'enter' | 'leave' | { readonly giveUp: number };

it('never has more inside or waiting than it may, and never leaves room empty while one waits', async () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.constant<Step>('enter'),
    fc.constant<Step>('leave'),
    fc.record({ giveUp: fc.nat(20) }),
  );
  const check = fc.asyncProperty(
    fc.record({ maxConcurrent: fc.integer({ min: 1, max: 3 }), maxWaiting: fc.nat(3) }),
    fc.array(step, { maxLength: 60 }),
    async (options, steps) => {
      const bulkhead = new Bulkhead(options);
      const all: { got: ReturnType<typeof outcomeOf>; controller: AbortController }[] = [];
      let left = 0;
      const count = (outcome: unknown) => all.filter(({ got }) => got.current === outcome).length;
      const inside = () => count(undefined) - left;
      for (const one of steps) {
        const [wereInside, wereWaiting] = [inside(), count('waiting')];
        if (one === 'enter') {
          const controller = new AbortController();
          all.push({ got: entered(bulkhead, controller.signal), controller });
        } else if (one === 'leave' && wereInside > 0) {
          bulkhead.leave();
          left += 1;
        } else if (typeof one === 'object') {
          const waiting = all.filter(({ got }) => got.current === 'waiting');
          waiting[one.giveUp % Math.max(waiting.length, 1)]?.controller.abort('left');
        }
        await settled();
        expect(inside()).toBeLessThanOrEqual(options.maxConcurrent);
        expect(count('waiting')).toBeLessThanOrEqual(options.maxWaiting);
        if (inside() < options.maxConcurrent) expect(count('waiting')).toBe(0);
        const wasRefused = all.at(-1)?.got.current instanceof SubgraphOverloadedError;
        const wasFull = wereInside === options.maxConcurrent && wereWaiting === options.maxWaiting;
        if (one === 'enter') expect(wasRefused).toBe(wasFull);
      }
    },
  );
  await fc.assert(check, { numRuns: 150 });
});
