import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { SharedLiveUpdates } from '../src/live/live-updates-shared.ts';
import {
  hearing,
  openEmbeddedEventLog,
  silentLogger,
  waking,
  type EventContract,
  type EventLog,
  type History,
  type StoredEvent,
} from '../src/index.ts';
import { FakeClock } from '../src/testing/index.ts';

const Raised: EventContract<{ shelf: string }> = {
  type: 'counters.counter.raised',
  version: 1,
  topic: 'counters.counters',
  data: z.object({ shelf: z.string() }),
};

let ids = 0;
const raised = (key: string, shelf: string): StoredEvent => ({
  ...Raised,
  id: `event-${++ids}`,
  key,
  source: 'counters',
  time: new Date(0).toISOString(),
  data: { shelf },
});

describe('live updates of several processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-'));
  const started: SharedLiveUpdates[] = [];
  let events: EventLog;

  beforeEach(() => {
    const url = `file:${join(folder, `${++ids}.db`)}`;
    events = openEmbeddedEventLog({ url, clock: new FakeClock(), log: silentLogger });
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((updates) => updates.stop()));
    await events.close();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const newProcess = (): SharedLiveUpdates => {
    const updates = new SharedLiveUpdates(events, silentLogger);
    started.push(updates);
    return updates;
  };

  describe('with a history', () => {
    const kept: number[] = [];
    const history: History<number> = {
      positionOf: (position) => position,
      from: 0,
      async *first() {},
      async *after(position) {
        yield* kept.filter((each) => each > position);
      },
    };
    const onShelf = waking(Raised, ({ key, data }) => [key, data.shelf]);

    beforeEach(() => {
      kept.length = 0;
    });

    it('are read in the history, so that the later of two hides no earlier one', async () => {
      const here = newProcess();
      const feed = here.resumable<number>([onShelf]);
      await here.start();
      const updates = feed.follow('a', history);
      kept.push(1, 2);
      // Its own change is the second; of the first, another process's, it has not heard yet.
      feed.publish('a', 2);
      expect((await updates.next()).value).toBe(1);
      await events.append([raised('a', 'top')]);
      expect((await updates.next()).value).toBe(2);
      kept.push(3);
      await events.append([raised('b', 'a')]);
      expect((await updates.next()).value).toBe(3);
      await updates.return();
    });

    it('reach every process', async () => {
      const processes = [newProcess(), newProcess()];
      const feeds = processes.map((each) => each.resumable<number>([onShelf]));
      for (const each of processes) await each.start();
      const all = feeds.map((feed) => feed.follow('a', history));
      kept.push(1);
      await events.append([raised('a', 'top')]);
      for (const updates of all) expect((await updates.next()).value).toBe(1);
    });
  });

  describe('without a history', () => {
    it('are read one after the other, once each, and only where somebody listens', async () => {
      const here = newProcess();
      const read: string[] = [];
      let release = (): void => undefined;
      const slowly = new Promise<void>((resolve) => {
        release = resolve;
      });
      const feed = here.feed([
        hearing(
          Raised,
          ({ data }) => data.shelf,
          async ({ key }) => {
            if (key === 'slow') await slowly;
            read.push(key);
            return key === 'nothing' ? null : key;
          },
        ),
      ]);
      await here.start();
      const updates = feed.subscribe('top');
      const twice = raised('slow', 'top');
      await events.append([twice, raised('nothing', 'top'), raised('quick', 'top')]);
      await events.append([raised('unheard', 'bottom')]);
      feed.publish('top', 'by itself');
      release();
      expect((await updates.next()).value).toBe('slow');
      expect((await updates.next()).value).toBe('quick');
      expect(read).toEqual(['slow', 'nothing', 'quick']);
    });

    it('that cannot be read end for who waits for them, so that they come back and look', async () => {
      const here = newProcess();
      const feed = here.feed<string>([
        hearing(
          Raised,
          ({ data }) => data.shelf,
          () => Promise.reject(new Error('the database is away')),
        ),
      ]);
      await here.start();
      const [concerned, other] = [feed.subscribe('top'), feed.subscribe('bottom')];
      await events.append([raised('a', 'top')]);
      expect(await concerned.next()).toEqual({ value: undefined, done: true });
      expect(feed.has('bottom')).toBe(true);
      await other.return();
    });
  });
});
