import type { StoredEvent } from '../event-contract.ts';
import type { EventLog, LoggedEvent } from '../event-log.ts';
import { stableId } from '../ids.ts';

/** An event log under test that can be closed and opened again on the same data. */
export interface EventLogUnderTest {
  open(): Promise<EventLog>;
  remove(): Promise<void>;
}

let made = 0;

const eventOf = (key: string, data: unknown, topic = 'tests.things'): StoredEvent => ({
  id: stableId(`event ${made++}`),
  type: 'tests.thing.happened',
  version: 1,
  topic,
  key,
  source: 'tests',
  time: '2026-03-02T15:00:00.000Z',
  data,
});

/** Collects what a group is given, and tells when there is enough of it. */
function collector() {
  const seen: LoggedEvent[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  return {
    seen,
    handle: async (events: readonly LoggedEvent[]) => {
      seen.push(...events);
      for (const { count, resolve } of waiting) if (seen.length >= count) resolve();
    },
    reaches: (count: number) =>
      new Promise<void>((resolve) => {
        if (seen.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

/** What every event log must do; each adapter runs it unchanged. */
export function describeEventLog(name: string, create: () => Promise<EventLogUnderTest>): void {
  describe(`${name} as an event log`, () => {
    let underTest: EventLogUnderTest;
    let log: EventLog;

    beforeEach(async () => {
      underTest = await create();
      log = await underTest.open();
    });

    afterEach(async () => {
      await log.close();
      await underTest.remove();
    });

    const reopen = async () => {
      await log.close();
      log = await underTest.open();
    };

    it('gives a group what was appended before it came and what comes after', async () => {
      await log.append([eventOf('a', 1)]);
      const group = collector();
      await log.consume('readers', ['tests.things'], group.handle);
      await log.append([eventOf('a', 2)]);

      await group.reaches(2);
      expect(group.seen.map(({ data }) => data)).toEqual([1, 2]);
    });

    it('keeps the order of each key, however many keys there are', async () => {
      const group = collector();
      await log.consume('readers', ['tests.things'], group.handle);
      for (let round = 0; round < 20; round++) {
        await log.append(Array.from({ length: 10 }, (_, key) => eventOf(`key-${key}`, round)));
      }

      await group.reaches(200);
      for (let key = 0; key < 10; key++) {
        const rounds = group.seen.filter((event) => event.key === `key-${key}`);
        expect(rounds.map(({ data }) => data)).toEqual(Array.from({ length: 20 }, (_, i) => i));
        expect(new Set(rounds.map(({ partition }) => partition)).size).toBe(1);
      }
    });

    it('keeps the order of each key of each appender, when several append at once', async () => {
      const another = await underTest.open();
      const group = collector();
      await log.consume('readers', ['tests.things'], group.handle);
      await Promise.all(
        [log, another].map(async (appender, who) => {
          for (let round = 0; round < 25; round++) {
            await appender.append(
              ['a', 'b', 'c', 'd'].map((key) => eventOf(key, { who, key, round })),
            );
          }
        }),
      );

      await group.reaches(200);
      await another.close();
      const told = group.seen.map(
        ({ data }) => data as { who: number; key: string; round: number },
      );
      for (const who of [0, 1]) {
        for (const key of ['a', 'b', 'c', 'd']) {
          const rounds = told.filter((each) => each.who === who && each.key === key);
          expect(rounds.map(({ round }) => round)).toEqual(Array.from({ length: 25 }, (_, i) => i));
        }
      }
    });

    it('gives two members of a group everything between them, in the order of each key', async () => {
      const another = await underTest.open();
      const group = collector();
      await log.consume('readers', ['tests.things'], group.handle);
      await another.consume('readers', ['tests.things'], group.handle);
      for (let round = 0; round < 10; round++) {
        await log.append(Array.from({ length: 20 }, (_, key) => eventOf(`key-${key}`, round)));
      }

      await log.idle();
      await another.idle();
      await another.close();
      for (let key = 0; key < 20; key++) {
        const rounds = group.seen.filter((event) => event.key === `key-${key}`);
        expect([...new Set(rounds.map(({ data }) => data))]).toEqual(
          Array.from({ length: 10 }, (_, i) => i),
        );
      }
    });

    it('carries the trace that an event belongs to', async () => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const group = collector();
      await log.append([
        { ...eventOf('a', 1), traceparent, tracestate: 'crema=1' },
        eventOf('b', 2),
      ]);
      await log.consume('readers', ['tests.things'], group.handle);

      await group.reaches(2);
      const byKey = new Map(group.seen.map((event) => [event.key, event]));
      expect(byKey.get('a')).toMatchObject({ traceparent, tracestate: 'crema=1' });
      expect(byKey.get('b')).not.toHaveProperty('traceparent');
    });

    it('gives every event as it was appended', async () => {
      const event = eventOf('a', { text: 'Ünïcode ☕', none: null, list: [1, { deep: true }] });
      const group = collector();
      await log.append([event]);
      await log.consume('readers', ['tests.things'], group.handle);

      await group.reaches(1);
      const { partition, position, ...rest } = group.seen[0]!;
      expect(rest).toEqual(event);
      expect([partition, position].every(Number.isInteger)).toBe(true);
    });

    it('gives every group everything, and only of its topics', async () => {
      const one = collector();
      const other = collector();
      await log.consume('one', ['tests.things'], one.handle);
      await log.consume('other', ['tests.things', 'tests.others'], other.handle);
      await log.append([eventOf('a', 1), eventOf('a', 2, 'tests.others')]);

      await Promise.all([one.reaches(1), other.reaches(2)]);
      expect(one.seen.map(({ data }) => data)).toEqual([1]);
      expect(other.seen.map(({ data }) => data).sort()).toEqual([1, 2]);
    });

    it('keeps events and places when it is closed and opened again', async () => {
      const before = collector();
      await log.consume('readers', ['tests.things'], before.handle);
      await log.append([eventOf('a', 1), eventOf('b', 2)]);
      await before.reaches(2);
      await reopen();

      const after = collector();
      await log.consume('readers', ['tests.things'], after.handle);
      await log.append([eventOf('a', 3)]);
      await after.reaches(1);
      expect(after.seen.map(({ data }) => data)).toEqual([3]);
    });

    it('gives a batch again until it is handled', async () => {
      const group = collector();
      let failures = 2;
      await log.consume('readers', ['tests.things'], async (events) => {
        if (failures-- > 0) throw new Error('not yet');
        await group.handle(events);
      });
      await log.append([eventOf('a', 1)]);

      await group.reaches(1);
      expect(group.seen.map(({ data }) => data)).toEqual([1]);
    });

    it('keeps an event once, however often it is appended', async () => {
      const event = eventOf('a', 1);
      await log.append([event]);
      await log.append([event, eventOf('a', 2)]);
      const group = collector();
      await log.consume('readers', ['tests.things'], group.handle);

      await group.reaches(2);
      await log.idle();
      expect(group.seen.map(({ data }) => data)).toEqual([1, 2]);
    });

    it('hands out nothing after it was stopped, and goes on where it stopped', async () => {
      const first = collector();
      const consumption = await log.consume('readers', ['tests.things'], first.handle);
      await log.append([eventOf('a', 1)]);
      await first.reaches(1);
      await consumption.stop();
      await log.append([eventOf('a', 2)]);
      expect(first.seen).toHaveLength(1);

      const second = collector();
      await log.consume('readers', ['tests.things'], second.handle);
      await second.reaches(1);
      expect(second.seen.map(({ data }) => data)).toEqual([2]);
    });

    it('keeps dead letters and hands them back to their group alone', async () => {
      const group = collector();
      const other = collector();
      await log.consume('readers', ['tests.things'], group.handle);
      await log.consume('others', ['tests.things'], other.handle);
      await log.append([eventOf('a', 1)]);
      await Promise.all([group.reaches(1), other.reaches(1)]);
      await log.bury({
        group: 'readers',
        event: group.seen[0]!,
        error: 'poison',
        attempts: 5,
        failedAt: '2026-03-02T15:00:01.000Z',
      });
      await reopen();
      expect(await log.deadLetters('readers')).toEqual([
        expect.objectContaining({ error: 'poison', attempts: 5 }),
      ]);

      const again = collector();
      await log.consume('readers', ['tests.things'], again.handle);
      expect(await log.replay('readers')).toBe(1);
      await again.reaches(1);
      await log.idle();
      expect(again.seen.map(({ data }) => data)).toEqual([1]);
      expect(await log.deadLetters()).toEqual([]);
      expect(other.seen).toHaveLength(1);
    });

    it('replays the letters that it is asked for, and leaves the others', async () => {
      const group = collector();
      await log.consume('readers', ['tests.things', 'tests.others'], group.handle);
      await log.append([eventOf('a', 1), eventOf('b', 2), eventOf('c', 3, 'tests.others')]);
      await group.reaches(3);
      for (const event of group.seen.slice(0, 3)) {
        await log.bury({
          group: 'readers',
          event,
          error: 'poison',
          attempts: 5,
          failedAt: '2026-03-02T15:00:01.000Z',
        });
      }
      const chosen = group.seen.find(({ data }) => data === 3)!;

      expect(await log.replay('readers', [chosen.id])).toBe(1);
      await group.reaches(4);
      await log.idle();
      expect(group.seen.slice(3)).toEqual([chosen]);
      const left = (await log.deadLetters('readers')).map(({ event }) => event.data);
      expect(left.sort()).toEqual([1, 2]);
      expect(await log.replay('others')).toBe(0);
    });

    it('begins again when a group is rewound', async () => {
      const first = collector();
      const consumption = await log.consume('readers', ['tests.things'], first.handle);
      await log.append([eventOf('a', 1), eventOf('a', 2)]);
      await first.reaches(2);
      await consumption.stop();
      await log.rewind('readers');

      const second = collector();
      await log.consume('readers', ['tests.things'], second.handle);
      await second.reaches(2);
      expect(second.seen.map(({ data }) => data)).toEqual([1, 2]);
    });

    it('tells how far a group is behind', async () => {
      const group = collector();
      const consumption = await log.consume('readers', ['tests.things'], group.handle);
      await log.append([eventOf('a', 0)]);
      await group.reaches(1);
      await consumption.stop();
      await log.append([eventOf('a', 1), eventOf('a', 2), eventOf('a', 3)]);

      const behind = (await log.lag()).filter((each) => each.group === 'readers');
      expect(behind.reduce((sum, each) => sum + each.behind, 0)).toBe(3);
    });

    it('tells all who follow what is appended from then on, and only of their topics', async () => {
      await log.append([eventOf('a', 0)]);
      const one = collector();
      const other = collector();
      await log.follow(['tests.things'], (event) => void one.handle([event]));
      const following = await log.follow(
        ['tests.things', 'tests.others'],
        (event) => void other.handle([event]),
      );
      await log.append([eventOf('a', 1), eventOf('b', 2, 'tests.others'), eventOf('a', 3)]);

      await Promise.all([one.reaches(2), other.reaches(3)]);
      expect(one.seen.map(({ data }) => data)).toEqual([1, 3]);
      expect(other.seen.map(({ data }) => data).sort()).toEqual([1, 2, 3]);

      await following.stop();
      await log.append([eventOf('a', 4)]);
      await one.reaches(3);
      expect(other.seen).toHaveLength(3);
    });

    it('tells who follows of what another process appended', async () => {
      const follower = collector();
      await log.follow(['tests.things'], (event) => void follower.handle([event]));
      const another = await underTest.open();
      await another.append([eventOf('a', 1), eventOf('a', 2)]);
      await log.append([eventOf('a', 3)]);
      await another.append([eventOf('a', 4)]);

      await follower.reaches(4);
      await another.close();
      expect(follower.seen.map(({ data }) => data)).toEqual([1, 2, 3, 4]);
    });

    it('loses nothing when a slow group falls far behind', async () => {
      const group = collector();
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await log.consume('readers', ['tests.things'], async (events) => {
        await released;
        await group.handle(events);
      });
      for (let round = 0; round < 30; round++) {
        await log.append(Array.from({ length: 100 }, (_, i) => eventOf('a', round * 100 + i)));
      }
      release();

      await group.reaches(3_000);
      expect(group.seen.map(({ data }) => data)).toEqual(
        Array.from({ length: 3_000 }, (_, i) => i),
      );
    });
  });
}
