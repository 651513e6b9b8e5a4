import { createLiveFeed, resume, WAKE_UP, type History } from '../src/index.ts';

const numbers: History<number> = {
  positionOf: (position) => position,
  from: -1,
  async *first() {},
  async *after() {},
};

describe('a live feed', () => {
  it('tells each subscriber of a topic everything since it came, in order', async () => {
    const feed = createLiveFeed<number>();
    const early = feed.subscribe('a');
    feed.publish('a', 1);
    const late = feed.subscribe('a');
    feed.publish('a', 2);
    feed.publish('b', 3);
    feed.close();
    expect(await all(early)).toEqual([1, 2]);
    expect(await all(late)).toEqual([2]);
  });

  it('ends a subscriber that takes nothing, instead of growing without bound', async () => {
    const feed = createLiveFeed<number>();
    const slow = feed.subscribe('a');
    for (let i = 0; i < 2_000; i++) feed.publish('a', i);
    expect((await all(slow)).length).toBeLessThan(2_000);
  });

  it('ends for who leaves', async () => {
    const feed = createLiveFeed<number>();
    const subscriber = feed.subscribe('a');
    const next = subscriber.next();
    await subscriber.return();
    expect(await next).toEqual({ value: undefined, done: true });
  });
});

describe('resuming', () => {
  it('gives what was, then what is, without a gap and without a double', async () => {
    const feed = createLiveFeed<number>();
    const live = feed.subscribe('a');
    const updates = resume(live, {
      ...numbers,
      async *first() {
        // These two happen while the history is being read.
        feed.publish('a', 3);
        feed.publish('a', 4);
        yield* [1, 2, 3];
      },
    });
    const seen = [];
    for await (const update of updates) {
      seen.push(update);
      if (update === 4) feed.publish('a', 5);
      if (update === 5) break;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('resuming from wake-ups', () => {
  it('tells what the history has, once and in order, however often it is woken', async () => {
    const feed = createLiveFeed<number | typeof WAKE_UP>();
    const kept = [1, 2, 3];
    const updates = resume(feed.subscribe('a'), {
      ...numbers,
      from: 2,
      async *after(position) {
        yield* kept.filter((each) => each > position);
      },
    });
    const seen: unknown[] = [];
    const next = async () => seen.push((await updates.next()).value);
    feed.publish('a', WAKE_UP);
    await next();
    kept.push(4, 5);
    for (let i = 0; i < 5_000; i++) feed.publish('a', WAKE_UP);
    await next();
    kept.push(6);
    await next();
    feed.publish('a', WAKE_UP);
    await next();
    expect(seen).toEqual([3, 4, 5, 6]);
    await updates.return();
  });
});

describe('a subscriber that waits and leaves', () => {
  it('is forgotten at once, not with the next update', async () => {
    const live = createLiveFeed<number>().subscribe('a');
    const updates = resume(live, numbers);
    const waiting = updates.next();
    await updates.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(await live.next()).toEqual({ value: undefined, done: true });
  });
});

async function all(updates: AsyncIterable<number>): Promise<number[]> {
  const seen: number[] = [];
  for await (const update of updates) seen.push(update);
  return seen;
}
