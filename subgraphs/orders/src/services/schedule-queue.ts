import { handsOf, type Pace } from './pace.ts';

/** An order that the café has to make. Instants in milliseconds. */
export interface QueuedWork {
  readonly id: string;
  readonly items: number;
  /** Not begun before that. */
  readonly from: number;
  /** Null until a barista began. */
  readonly startedAt: number | null;
}

/** When what is on the queue will be ready, and what would be put at its end now. */
export interface Schedule {
  readonly readyAt: ReadonlyMap<string, Date>;
  readyFor(items: number): Date;
}

/**
 * Plays the queue forward: as many pairs of hands as the café was seen to have, or as are at work now if that is
 * more, each taking the next order when it is free. What is placed now comes after all that has its time on the queue already.
 */
export function scheduleQueue(queue: readonly QueuedWork[], pace: Pace, now: number): Schedule {
  const { msPerItem } = pace;
  const readyAt = new Map<string, Date>();
  const free: number[] = [];
  for (const { id, items, startedAt } of queue) {
    if (startedAt === null) continue;
    const end = Math.max(startedAt + items * msPerItem, now);
    free.push(end);
    readyAt.set(id, new Date(end));
  }
  while (free.length < handsOf(pace)) free.push(now);

  let beforeNew: number | null = null;
  for (const { id, items, from, startedAt } of queue) {
    if (startedAt !== null) continue;
    const hands = free.indexOf(Math.min(...free));
    if (from > now) beforeNew ??= free[hands]!;
    const end = Math.max(free[hands]!, from, now) + items * msPerItem;
    free[hands] = end;
    readyAt.set(id, new Date(end));
  }
  const begin = Math.max(beforeNew ?? Math.min(...free), now);
  return { readyAt, readyFor: (items) => new Date(begin + items * msPerItem) };
}
