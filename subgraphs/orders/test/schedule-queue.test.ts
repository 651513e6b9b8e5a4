import fc from 'fast-check';
import { startingPace } from '../src/services/pace.ts';
import { scheduleQueue } from '../src/services/schedule-queue.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;

const work = fc.array(
  fc.record({
    items: fc.integer({ min: 1, max: 20 }),
    from: fc.integer({ min: NOW - 60 * MINUTE, max: NOW + 60 * MINUTE }),
    isStarted: fc.boolean(),
  }),
  { maxLength: 30 },
);

const queueOf = (rows: readonly { items: number; from: number; isStarted: boolean }[]) =>
  rows
    .map(({ items, from, isStarted }, index) => ({
      id: String(index),
      items,
      from: isStarted ? Math.min(from, NOW) : from,
      startedAt: isStarted ? Math.min(from, NOW) : null,
    }))
    .sort((a, b) => a.from - b.from);

describe('the schedule of a queue', () => {
  it('has a time for everything, none of it before it can be done', () => {
    fc.assert(
      fc.property(work, fc.integer({ min: 1, max: 600_000 }), (rows, msPerItem) => {
        const queue = queueOf(rows);
        const { readyAt, readyFor } = scheduleQueue(queue, startingPace(msPerItem), NOW);
        for (const { id, items, from, startedAt } of queue) {
          const least = startedAt === null ? Math.max(from, NOW) + items * msPerItem : NOW;
          expect(readyAt.get(id)!.getTime()).toBeGreaterThanOrEqual(least);
        }
        expect(readyFor(1).getTime()).toBeGreaterThanOrEqual(NOW + msPerItem);
        expect(readyFor(3).getTime() - readyFor(1).getTime()).toBe(2 * msPerItem);
      }),
    );
  });

  it('is first come, first served: what is placed now begins after all whose time has come', () => {
    fc.assert(
      fc.property(work, (rows) => {
        const queue = queueOf(rows);
        const { readyAt, readyFor } = scheduleQueue(queue, startingPace(MINUTE), NOW);
        const waiting = queue.filter(({ startedAt, from }) => startedAt === null && from <= NOW);
        for (const { id, items } of waiting) {
          const begins = readyAt.get(id)!.getTime() - items * MINUTE;
          expect(readyFor(0).getTime()).toBeGreaterThanOrEqual(begins);
        }
      }),
    );
  });

  it('lets an order ahead wait for its time, and nobody wait for it', () => {
    const { readyAt, readyFor } = scheduleQueue(
      [{ id: 'ahead', items: 2, from: NOW + 30 * MINUTE, startedAt: null }],
      startingPace(MINUTE),
      NOW,
    );
    expect(readyAt.get('ahead')!.getTime()).toBe(NOW + 32 * MINUTE);
    expect(readyFor(1).getTime()).toBe(NOW + MINUTE);
  });
});
