import type { EventLog } from '../events/event-log.ts';
import { describeKeeping } from './event-log-keeping-contract.ts';
import { collector, eventOf } from './event-log-probe.ts';

/** An event log under test that can be closed and opened again on the same data. */
export interface EventLogUnderTest {
  open(): Promise<EventLog>;
  remove(): Promise<void>;
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
      const [first, second, third, last] = [1, 2, 3, 4].map((data) => eventOf('a', data));
      const group = collector();
      await log.append([first!]);
      await log.append([first!, second!]);
      await log.consume('readers', ['tests.things'], group.handle);
      await log.append([second!, third!, third!, first!, last!]);
      await log.append([last!]);

      await group.reaches(4);
      await log.idle();
      expect(group.seen.map(({ data }) => data)).toEqual([1, 2, 3, 4]);
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

    describeKeeping({
      get log() {
        return log;
      },
      open: () => underTest.open(),
      reopen,
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
