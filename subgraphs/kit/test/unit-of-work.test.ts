import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Entity, PrimaryColumn } from 'typeorm';
import {
  createTable,
  IntColumn,
  intType,
  KeyColumn,
  idType,
  openDatabase,
  stringType,
  StringColumn,
  uuidV7,
  type Database,
  type Transaction,
} from '@crema/kit';
import { FakeClock, seededRandom } from '@crema/kit/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';

@Entity('jars')
class Jar {
  @KeyColumn()
  id!: string;

  @StringColumn(20)
  shelf!: string;

  @IntColumn()
  beans!: number;
}

@Entity('labels')
class Label {
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'jar_id' })
  jarId!: string;

  @PrimaryColumn({ type: 'int' })
  line!: number;

  @StringColumn(50)
  text!: string;
}

class JarTables1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'jars', {
      columns: { id: idType(), shelf: stringType(20), beans: intType() },
      key: ['id'],
      indexes: [['shelf']],
    });
    await createTable(runner, 'labels', {
      columns: { jar_id: idType(), line: intType(), text: stringType(50) },
      key: ['jar_id', 'line'],
    });
  }

  async down(): Promise<void> {}
}

describe('the rows of a transaction', () => {
  let folder: string;
  let database: Database;
  let statements: string[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crema-test-'));
    const clock = new FakeClock();
    const random = seededRandom(1);
    database = await openDatabase({
      url: `file:${join(folder, 'jars.db')}`,
      source: 'jars',
      entities: [Jar, Label],
      migrations: [JarTables1700000000001],
      clock,
      ids: uuidV7(clock, random),
      random,
      onStatement: (sql) => statements.push(sql),
    });
    statements = [];
  });

  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const jar = (id: string, beans = 0, shelf = 'top'): Jar =>
    Object.assign(new Jar(), { id, beans, shelf });
  const stored = async (id: string) => (await database.findMany(Jar, [id]))[0] ?? null;
  const count = (start: string) => statements.filter((sql) => sql.startsWith(start)).length;
  const fill = (...jars: Jar[]) => database.transaction(async (tx) => tx.insert(Jar, ...jars));
  const add = async (tx: Transaction, id: string, beans: number) => {
    const found = (await tx.lock(Jar, id))!;
    tx.update(Jar, id, { beans: found.beans + beans });
  };

  it('are one object to everybody, read once and seen as they have become', async () => {
    await fill(jar('a', 1));
    statements = [];
    await database.transaction(async (tx) => {
      const first = await tx.find(Jar, 'a');
      tx.update(Jar, 'a', { beans: 2 });
      expect(await tx.lock(Jar, 'a')).toBe(first);
      expect(first!.beans).toBe(2);
      tx.insert(Jar, jar('b', 7));
      expect((await tx.findMany(Jar, ['b', 'a', 'c'])).map(({ id, beans }) => [id, beans])).toEqual(
        [
          ['a', 2],
          ['b', 7],
        ],
      );
    });
    expect(count('SELECT')).toBe(2);
    expect((await stored('a'))!.beans).toBe(2);
    expect((await stored('b'))!.beans).toBe(7);
  });

  it('are what was given, whatever their giver does with it after', async () => {
    const mine = jar('a', 1);
    await database.transaction(async (tx) => {
      tx.insert(Jar, mine);
      mine.beans = 99;
      tx.update(Jar, 'a', { shelf: 'low' });
    });
    expect(await stored('a')).toMatchObject({ beans: 1, shelf: 'low' });
    expect(count('UPDATE')).toBe(0);
  });

  it('are found by another column with what was just changed there', async () => {
    await fill(jar('a', 1), jar('b', 2));
    await database.transaction(async (tx) => {
      tx.update(Jar, 'a', { shelf: 'low' });
      tx.insert(Jar, jar('c', 3, 'low'));
      const low = await tx.findMany(Jar, ['low'], { by: 'shelf' });
      expect(low.map(({ id }) => id).sort()).toEqual(['a', 'c']);
      expect(low[0]).toBe(await tx.find(Jar, low[0]!.id));
    });
  });

  it('may have keys of several columns', async () => {
    await database.transaction(async (tx) => {
      tx.insert(Label, { jarId: 'a', line: 1, text: 'x' }, { jarId: 'a', line: 2, text: 'y' });
    });
    await database.transaction(async (tx) => {
      tx.update(Label, ['a', 2], { text: 'z' });
      tx.update(Label, ['a', 1], { text: 'w' });
      expect((await tx.find(Label, ['a', 2]))!.text).toBe('z');
      expect(await tx.find(Label, ['a', 3])).toBeNull();
    });
    const labels = await database.findMany(Label, ['a'], { by: 'jarId' });
    expect(labels.map(({ line, text }) => [line, text]).sort()).toEqual([
      [1, 'w'],
      [2, 'z'],
    ]);
  });

  it('are seen by statements of other kinds, and what those change is seen after', async () => {
    await database.transaction(async (tx) => {
      tx.insert(Jar, jar('a', 1));
      await (await tx.direct()).increment(Jar, { id: 'a' }, 'beans', 5);
      expect((await tx.find(Jar, 'a'))!.beans).toBe(6);
      await (await tx.direct()).delete(Jar, { id: 'a' });
      expect(await tx.find(Jar, 'a')).toBeNull();
    });
    expect(await stored('a')).toBeNull();
  });

  it('of transactions at the same time share their statements', async () => {
    await fill(jar('sum'));
    statements = [];
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        database.transaction(async (tx) => {
          tx.insert(Jar, jar(`jar-${index}`, index));
          await add(tx, 'sum', index);
        }),
      ),
    );
    expect(await stored('sum')).toMatchObject({ beans: 190 });
    expect([count('SELECT "id"'), count('INSERT'), count('UPDATE')]).toEqual([2, 1, 1]);
  });

  it('of one that fails leave no trace in the others', async () => {
    await fill(jar('sum'));
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4].map((beans) =>
        database.transaction(async (tx) => {
          await add(tx, 'sum', beans);
          tx.insert(Jar, jar(`jar-${beans}`, beans));
          if (beans === 2) throw new Error('spilled');
          if (beans === 3) {
            await (await tx.direct()).increment(Jar, { id: 'sum' }, 'beans', 100);
            throw new Error('spilled after it was written');
          }
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(await stored('sum')).toMatchObject({ beans: 5 });
    expect(await stored('jar-2')).toBeNull();
    expect(await stored('jar-3')).toBeNull();
    expect(await stored('jar-4')).toMatchObject({ beans: 4 });
  });

  it('that the database refuses fail their own transaction and no other', async () => {
    await fill(jar('taken'));
    const outcomes = await Promise.allSettled(
      ['a', 'taken', 'b', 'b'].map((id) =>
        database.transaction(async (tx) => tx.insert(Jar, jar(id))),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    expect(await stored('a')).not.toBeNull();
  });

  it('end as if every transaction had been alone', async () => {
    const step = fc.record({
      kind: fc.constantFrom('insert', 'add', 'move', 'direct', 'fail'),
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      beans: fc.integer({ min: 1, max: 9 }),
    });
    type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
    const work = async (tx: Transaction, steps: readonly Step[]) => {
      for (const { kind, id, beans } of steps) {
        const known = await tx.lock(Jar, id);
        if (kind === 'fail' && known && known.beans > 5) throw new Error('refused');
        if (kind === 'insert' && !known) tx.insert(Jar, jar(id, beans));
        if (kind === 'add' && known) tx.update(Jar, id, { beans: known.beans + beans });
        if (kind === 'move' && known) {
          const shelf = `shelf-${(await tx.findMany(Jar, ['top'], { by: 'shelf' })).length}`;
          tx.update(Jar, id, { shelf });
        }
        if (kind === 'direct') {
          await (await tx.direct()).increment(Jar, { id }, 'beans', beans);
        }
      }
    };
    const all = () => database.read.find(Jar, { order: { id: 'ASC' } });
    const empty = () =>
      database.transaction(async (tx) => void (await (await tx.direct()).clear(Jar)));

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 6 }), { minLength: 2, maxLength: 8 }),
        async (transactions) => {
          await empty();
          for (const steps of transactions) {
            await database.transaction((tx) => work(tx, steps)).catch(() => undefined);
          }
          const alone = await all();
          await empty();
          await Promise.allSettled(
            transactions.map((steps) => database.transaction((tx) => work(tx, steps))),
          );
          expect(await all()).toEqual(alone);
        },
      ),
      { numRuns: 150 },
    );
  });
});
