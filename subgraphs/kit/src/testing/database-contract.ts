import { systemClock } from '../clock.ts';
import type { Database } from '../database.ts';
import { uniqueViolation } from '../database-errors.ts';
import { refused } from '../errors.ts';
import { once } from '../idempotency.ts';
import { silentLogger } from '../log.ts';
import { Relay } from '../relay.ts';
import type { Transaction } from '../transaction.ts';
import {
  databaseUnderTest,
  mug,
  Mug,
  Sipped,
  Stamp,
  type DatabaseUnderTest,
} from './database-under-test.ts';
import { seededRandom } from './seeded-random.ts';

export const times = <Result>(count: number, each: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => each(index));

/** Takes so many sips, and gives how many there were before. */
export const sip = async (tx: Transaction, id: string, count = 1): Promise<number> => {
  const { sips } = (await tx.lock(Mug, id))!;
  tx.update(Mug, id, { sips: sips + count });
  return sips;
};

/** What every relational database must do; each adapter runs it unchanged. `server` as `createScratchDatabase` takes it. */
export function describeDatabase(name: string, server: () => string): void {
  describe(`${name} as a database`, () => {
    let underTest: DatabaseUnderTest;
    let database: Database;

    beforeAll(async () => {
      underTest = await databaseUnderTest(server());
      database = await underTest.open();
    });

    beforeEach(async () => {
      await database.transaction(async (tx) => {
        await (await tx.direct()).createQueryBuilder().delete().from(Mug).execute();
      });
      while ((await database.outbox.take(500, async () => undefined)) > 0);
    });

    afterAll(() => underTest.remove());

    const insert = (...rows: Mug[]) => database.transaction(async (tx) => tx.insert(Mug, ...rows));
    const find = async (id: string) => (await database.findMany(Mug, [id]))[0] ?? null;

    describe('rows', () => {
      it('come back as they were, whatever is in them', async () => {
        const row = mug('m1', {
          slug: `it's "☕" \\ %_ 🫖`,
          story: 'é\n'.repeat(100_000),
          sips: -2_147_483_648,
          worthMinor: Number.MAX_SAFE_INTEGER,
          isClean: false,
          firedAt: new Date('1969-12-31T23:59:59.999Z'),
          marks: { deep: [null, 1.5, 'ü'] },
        });
        await insert(row, mug('m2'));
        expect(await find('m1')).toEqual(row);
        expect(await find('m2')).toEqual(mug('m2'));
      });

      it('have keys that differ in case, accents and trailing spaces', async () => {
        const ids = ['ada', 'Ada', 'âda', 'ada '];
        await insert(...ids.map((id, index) => mug(id, { sips: index })));
        for (const [index, id] of ids.entries()) expect((await find(id))?.sips).toBe(index);
      });

      it('come in the order of their code points', async () => {
        await insert(...['b', 'a', 'B', 'é', '_', '1'].map((id) => mug(id)));
        const rows = await database.read.find(Mug, { order: { id: 'ASC' } });
        expect(rows.map(({ id }) => id)).toEqual(['1', 'B', '_', 'a', 'b', 'é']);
        const many = await database.findMany(Mug, ['b', 'none', 'B']);
        expect(many.map(({ id }) => id)).toEqual(['B', 'b']);
      });

      it('add up to numbers', async () => {
        await insert(
          mug('m1', { sips: 2, worthMinor: 5_000_000_000 }),
          mug('m2', { worthMinor: 1 }),
        );
        const [sum] = await database.read.query(
          'SELECT COUNT(*) AS count, SUM(sips) AS sips, SUM(worth_minor) AS worth FROM mugs',
        );
        expect(sum).toEqual({ count: 2, sips: 2, worth: 5_000_000_001 });
      });

      it('refuse to change where they are immutable', async () => {
        const id = `stamp-${Math.trunc(systemClock.now().getTime())}`;
        await database.transaction(async (tx) => tx.insert(Stamp, { id }));
        for (const sql of [`UPDATE stamps SET id = 'x'`, 'DELETE FROM stamps']) {
          await expect(
            database.transaction(async (tx) => (await tx.direct()).query(sql)),
          ).rejects.toThrow('rows of stamps are immutable');
        }
        expect(await database.findMany(Stamp, [id])).toHaveLength(1);
      });
    });

    describe('a transaction', () => {
      it('that throws leaves nothing', async () => {
        const told: string[] = [];
        await insert(mug('m1'));
        const work = database.transaction(async (tx) => {
          tx.afterCommit(() => told.push('committed'));
          tx.insert(Mug, mug('m2'));
          await sip(tx, 'm1');
          await tx.direct();
          tx.publish(Sipped, 'm1', { sips: 1 });
          throw new Error('changed my mind');
        });
        await expect(work).rejects.toThrow('changed my mind');
        expect([await find('m2'), (await find('m1'))?.sips, told]).toEqual([null, 0, []]);
        expect(await database.outbox.take(10, async () => undefined)).toBe(0);
      });

      it('is seen by nobody before it is committed, and by everybody after', async () => {
        const seen: unknown[] = [];
        await database.transaction(async (tx) => {
          tx.insert(Mug, mug('m1'));
          await tx.direct();
          seen.push(await find('m1'));
          tx.afterCommit(() => seen.push(find('m1')));
        });
        expect(seen[0]).toBeNull();
        expect(await seen[1]).toEqual(mug('m1'));
      });

      it('that locks a row waits for another that has it', async () => {
        await insert(mug('m1'));
        const before = await Promise.all(
          times(50, () => database.transaction((tx) => sip(tx, 'm1'))),
        );
        expect(before.sort((a, b) => a - b)).toEqual(times(50, (index) => index));
        expect((await find('m1'))?.sips).toBe(50);
      });

      it('that meets another crosswise is done all the same', async () => {
        const random = seededRandom(7);
        await insert(...times(9, (index) => mug(`m${index}`)));
        await Promise.all(
          times(20, () => {
            const [from, to] = random.bytes(2);
            return database.transaction(async (tx) => {
              await sip(tx, `m${from! % 9}`, -1);
              await sip(tx, `m${to! % 9}`);
            });
          }),
        );
        const rows = await database.read.find(Mug);
        expect(rows.reduce((total, { sips }) => total + sips, 0)).toBe(0);
      });

      it('that looks before it takes a unique value finds it taken', async () => {
        const outcomes = await Promise.allSettled(
          times(20, (index) =>
            database.transaction(async (tx) => {
              const taken = await tx.findMany(Mug, ['the one'], { by: 'slug' });
              if (taken.length > 0) throw refused('SLUG_TAKEN', 'There is one of this name.');
              tx.insert(Mug, mug(`m${index}`, { slug: 'the one' }));
            }),
          ),
        );
        const refusals = outcomes.flatMap((each) =>
          each.status === 'rejected' ? [String(each.reason)] : [],
        );
        expect(refusals).toEqual(times(19, () => 'Refusal: There is one of this name.'));
      });

      it('that does not look is told which value is taken', async () => {
        await insert(mug('m1', { slug: 'taken' }));
        const violation = async (row: Mug) => insert(row).catch(uniqueViolation);
        expect(await violation(mug('m1'))).toBe('primary');
        expect(await violation(mug('m2', { slug: 'taken' }))).toBe('uq_mugs_slug');
        expect(uniqueViolation(new Error('another'))).toBeNull();
      });

      it('does once what twenty ask for with one key', async () => {
        await insert(mug('m1'));
        const answers = await Promise.all(
          times(20, () =>
            database.transaction((tx) =>
              once(
                tx,
                { owner: 'ada', operation: 'sip', key: 'k', input: {}, now: systemClock.now() },
                () => sip(tx, 'm1'),
              ),
            ),
          ),
        );
        expect(answers).toEqual(times(20, () => 0));
        expect((await find('m1'))?.sips).toBe(1);
      });

      it('gives all who ask with one key the answer of the first, though it took all there was', async () => {
        await insert(mug('m1', { sips: 10 }));
        const answers = await Promise.all(
          times(20, () =>
            database.transaction((tx) =>
              once(
                tx,
                { owner: 'ada', operation: 'empty', key: 'k', input: {}, now: systemClock.now() },
                async () => {
                  const left = await sip(tx, 'm1', -10);
                  if (left < 10) throw refused('EMPTY', 'There is nothing left.');
                  return left;
                },
              ),
            ),
          ),
        );
        expect(answers).toEqual(times(20, () => 10));
      });
    });

    it('reads a snapshot of one moment', async () => {
      await insert(mug('m1'));
      let writing: Promise<number> | undefined;
      const sips = await database.snapshot(async (manager) => {
        const before = await manager.findOneByOrFail(Mug, { id: 'm1' });
        writing = database.transaction((tx) => sip(tx, 'm1'));
        // On a server it is soon committed; on SQLite it waits for the end of this.
        for (let tries = 0; tries < 50 && (await find('m1'))!.sips === 0; tries++);
        const after = await manager.findOneByOrFail(Mug, { id: 'm1' });
        return [before.sips, after.sips];
      });
      await writing;
      expect(sips).toEqual([0, 0]);
      expect((await find('m1'))?.sips).toBe(1);
    });

    describe('exclusive work', () => {
      it('is done by one at a time, and by the next when it fails', async () => {
        let atWork = 0;
        const order: number[] = [];
        const outcomes = await Promise.allSettled(
          times(3, (index) =>
            database.exclusively('counting', async () => {
              atWork += 1;
              const together = atWork;
              await database.read.count(Mug);
              order.push(index);
              atWork -= 1;
              if (index === 0) throw new Error('lost count');
              return together;
            }),
          ),
        );
        expect(
          outcomes.map((each) => (each.status === 'fulfilled' ? each.value : 'failed')),
        ).toEqual(['failed', 1, 1]);
        expect(order.sort()).toEqual([0, 1, 2]);
      });
    });

    describe('facts', () => {
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
  });
}
