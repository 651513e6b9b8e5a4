import { systemClock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { uniqueViolation } from '../database/database-errors.ts';
import { refused } from '../errors.ts';
import { once } from '../database/idempotency.ts';
import { describeFacts } from './database-contract-facts.ts';
import {
  databaseUnderTest,
  mug,
  Mug,
  Sipped,
  sip,
  Stamp,
  times,
  type DatabaseUnderTest,
} from './database-under-test.ts';
import { seededRandom } from './seeded-random.ts';

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

    describeFacts(() => database);
  });
}
