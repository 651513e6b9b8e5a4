import type { EventLog } from '../events/event-log.ts';
import { pause, systemClock } from '../clock.ts';
import { collector, eventOf } from './event-log-probe.ts';

/** The log that a test is given, and ways to it. */
export interface LogAtHand {
  readonly log: EventLog;
  /** Another process's. */
  open(): Promise<EventLog>;
  /** Closes the log and opens it again. */
  reopen(): Promise<void>;
}

/** The part of the contract about letters, places and followers. */
export function describeKeeping(the: LogAtHand): void {
  it('keeps dead letters and hands them back to their group alone', async () => {
    const group = collector();
    const other = collector();
    await the.log.consume('readers', ['tests.things'], group.handle);
    await the.log.consume('others', ['tests.things'], other.handle);
    await the.log.append([eventOf('a', 1)]);
    await Promise.all([group.reaches(1), other.reaches(1)]);
    await the.log.bury({
      group: 'readers',
      event: group.seen[0]!,
      error: 'poison',
      attempts: 5,
      failedAt: '2026-03-02T15:00:01.000Z',
    });
    await the.reopen();
    expect(await the.log.deadLetters('readers')).toEqual([
      expect.objectContaining({ error: 'poison', attempts: 5 }),
    ]);

    const again = collector();
    await the.log.consume('readers', ['tests.things'], again.handle);
    expect(await the.log.replay('readers')).toBe(1);
    await again.reaches(1);
    await the.log.idle();
    expect(again.seen.map(({ data }) => data)).toEqual([1]);
    expect(await the.log.deadLetters()).toEqual([]);
    expect(other.seen).toHaveLength(1);
  });

  it('replays the letters that it is asked for, and leaves the others', async () => {
    const group = collector();
    await the.log.consume('readers', ['tests.things', 'tests.others'], group.handle);
    await the.log.append([eventOf('a', 1), eventOf('b', 2), eventOf('c', 3, 'tests.others')]);
    await group.reaches(3);
    for (const event of group.seen.slice(0, 3)) {
      await the.log.bury({
        group: 'readers',
        event,
        error: 'poison',
        attempts: 5,
        failedAt: '2026-03-02T15:00:01.000Z',
      });
    }
    const chosen = group.seen.find(({ data }) => data === 3)!;

    expect(await the.log.replay('readers', [chosen.id])).toBe(1);
    await group.reaches(4);
    await the.log.idle();
    expect(group.seen.slice(3)).toEqual([chosen]);
    const left = (await the.log.deadLetters('readers')).map(({ event }) => event.data);
    expect(left.sort()).toEqual([1, 2]);
    expect(await the.log.replay('others')).toBe(0);
  });

  it('begins again when a group is rewound', async () => {
    const first = collector();
    const consumption = await the.log.consume('readers', ['tests.things'], first.handle);
    await the.log.append([eventOf('a', 1), eventOf('a', 2)]);
    await first.reaches(2);
    await consumption.stop();
    await the.log.rewind('readers');

    const second = collector();
    await the.log.consume('readers', ['tests.things'], second.handle);
    await second.reaches(2);
    expect(second.seen.map(({ data }) => data)).toEqual([1, 2]);
  });

  it('tells how far a group is behind', async () => {
    const group = collector();
    const consumption = await the.log.consume('readers', ['tests.things'], group.handle);
    await the.log.append([eventOf('a', 0)]);
    await group.reaches(1);
    await consumption.stop();
    await the.log.append([eventOf('a', 1), eventOf('a', 2), eventOf('a', 3)]);

    const behind = (await the.log.lag()).filter((each) => each.group === 'readers');
    expect(behind.reduce((sum, each) => sum + each.behind, 0)).toBe(3);
  });

  it('is behind by all of a partition of which it has handled nothing', async () => {
    const group = collector();
    const consumption = await the.log.consume('readers', ['tests.things'], group.handle);
    await the.log.append([eventOf('a', 0)]);
    await group.reaches(1);
    await consumption.stop();
    await the.log.append(Array.from({ length: 40 }, (_, key) => eventOf(`key-${key}`, key)));

    const behind = (await the.log.lag()).filter((each) => each.group === 'readers');
    expect(behind.reduce((sum, each) => sum + each.behind, 0)).toBe(40);
  });

  it('tells all who follow what is appended from then on, and only of their topics', async () => {
    await the.log.append([eventOf('a', 0)]);
    const one = collector();
    const other = collector();
    await the.log.follow(['tests.things'], (event) => void one.handle([event]));
    const following = await the.log.follow(
      ['tests.things', 'tests.others'],
      (event) => void other.handle([event]),
    );
    await the.log.append([eventOf('a', 1), eventOf('b', 2, 'tests.others'), eventOf('a', 3)]);

    await Promise.all([one.reaches(2), other.reaches(3)]);
    expect(one.seen.map(({ data }) => data)).toEqual([1, 3]);
    expect(other.seen.map(({ data }) => data).sort()).toEqual([1, 2, 3]);

    await following.stop();
    await the.log.append([eventOf('a', 4)]);
    await one.reaches(3);
    expect(other.seen).toHaveLength(3);
  });

  it('tells who follows of what another process appended', async () => {
    const follower = collector();
    await the.log.follow(['tests.things'], (event) => void follower.handle([event]));
    const another = await the.open();
    await another.append([eventOf('a', 1), eventOf('a', 2)]);
    await the.log.append([eventOf('a', 3)]);
    await another.append([eventOf('a', 4)]);

    await follower.reaches(4);
    await another.close();
    expect(follower.seen.map(({ data }) => data)).toEqual([1, 2, 3, 4]);
  });

  it('hands over all that its topics hold to who reads them, and keeps no place for that', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    for (let round = 0; round < 60; round++) {
      await the.log.append(keys.map((key) => eventOf(key, { key, round })));
    }
    await the.log.append([eventOf('a', 'another', 'tests.others')]);

    for (let time = 0; time < 2; time++) {
      const reader = collector();
      await the.log.read(['tests.things'], reader.handle);
      expect(reader.seen).toHaveLength(300);
      const told = reader.seen.map(({ data }) => data as { key: string; round: number });
      for (const key of keys) {
        const rounds = told.filter((each) => each.key === key).map(({ round }) => round);
        expect(rounds).toEqual(Array.from({ length: 60 }, (_, round) => round));
      }
    }
    const none = collector();
    await the.log.read(['tests.nothing'], none.handle);
    expect(none.seen).toEqual([]);
    expect(await the.log.lag()).toEqual([]);
  });

  it('gives who reads the next batch of a partition after the last one, and ends when one fails', async () => {
    for (let round = 0; round < 6; round++) {
      await the.log.append(Array.from({ length: 100 }, (_, each) => eventOf('a', each)));
    }
    let atWork = 0;
    let most = 0;
    let seen = 0;
    await the.log.read(['tests.things'], async (events) => {
      most = Math.max(most, ++atWork);
      await pause(systemClock, 1);
      seen += events.length;
      atWork -= 1;
    });
    expect({ most, seen }).toEqual({ most: 1, seen: 600 });

    const failing = the.log.read(['tests.things'], () => Promise.reject(new Error('spilt')));
    await expect(failing).rejects.toThrow('spilt');
  });
}
