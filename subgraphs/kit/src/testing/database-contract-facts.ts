import { systemClock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { silentLogger } from '../log.ts';
import { Relay } from '../events/relay.ts';
import { mug, Mug, sip, Sipped, times } from './database-under-test.ts';

/** What every relational database must do with what is published. Its outbox is empty at the beginning. */
export function describeFacts(opened: () => Database): void {
  describe('facts', () => {
    let database: Database;
    beforeEach(() => {
      database = opened();
    });
    const insert = (...rows: Mug[]) => database.transaction(async (tx) => tx.insert(Mug, ...rows));

    const take = async (limit = 500) => {
      const taken: unknown[] = [];
      await database.outbox.take(limit, async (events) => {
        taken.push(...events.map(({ key, data }) => [key, data]));
      });
      return taken;
    };

    it('come in their order, and again until they are taken', async () => {
      await database.transaction(async (tx) => {
        for (const sips of [1, 2, 3]) tx.publish(Sipped, 'm1', { sips });
      });
      const carried: number[] = [];
      const failing = database.outbox.take(2, async (events) => {
        carried.push(events.length);
        throw new Error('the log is away');
      });
      await expect(failing).rejects.toThrow('the log is away');
      expect(carried).toEqual([2]);
      expect(await take(2)).toEqual([
        ['m1', { sips: 1 }],
        ['m1', { sips: 2 }],
      ]);
      expect(await take(2)).toEqual([['m1', { sips: 3 }]]);
      expect(await take()).toEqual([]);
      await database.outbox.clear();
      expect(await database.read.query('SELECT COUNT(*) AS count FROM outbox')).toEqual([
        { count: 0 },
      ]);
    });

    it('say since when the oldest of them waits', async () => {
      expect(await database.outbox.waitingSince()).toBeNull();
      const before = systemClock.now();
      for (const sips of [1, 2]) {
        await database.transaction(async (tx) => tx.publish(Sipped, 'm1', { sips }));
      }
      const since = (await database.outbox.waitingSince())!;
      expect(since.getTime()).toBeGreaterThanOrEqual(before.getTime());
      await take(1);
      expect((await database.outbox.waitingSince())!.getTime()).toBeGreaterThanOrEqual(
        since.getTime(),
      );
      await take(1);
      expect(await database.outbox.waitingSince()).toBeNull();
    });

    it('tell of themselves once they are committed', async () => {
      let found: Promise<unknown> | null = null;
      database.onPublished(() => {
        found ??= take();
      });
      await insert(mug('m1'));
      expect(found).toBeNull();
      await database.transaction(async (tx) => tx.publish(Sipped, 'm1', { sips: 1 }));
      expect(await found).toEqual([['m1', { sips: 1 }]]);
    });

    it('are carried in the order of their aggregate while many write', async () => {
      const log: { key: string; sips: number }[] = [];
      const relay = new Relay(
        database,
        {
          async append(events) {
            await Promise.resolve();
            for (const { key, data } of events) log.push({ key, ...(data as { sips: number }) });
          },
        },
        systemClock,
        silentLogger,
      );
      await insert(...times(5, (index) => mug(`m${index}`)));
      await Promise.all(
        times(100, (index) =>
          database.transaction(async (tx) => {
            const key = `m${index % 5}`;
            tx.publish(Sipped, key, { sips: await sip(tx, key) });
          }),
        ),
      );
      await relay.stop();
      while (await relay.nudge());
      for (const key of times(5, (index) => `m${index}`)) {
        const sips = log.filter((each) => each.key === key).map((each) => each.sips);
        expect(sips).toEqual(times(20, (index) => index));
      }
    });
  });
}
