import type { Collection, Documents } from '../documents.ts';

/** Documents under test that can be closed and opened again on the same data. */
export interface DocumentsUnderTest {
  open(): Promise<Documents>;
  remove(): Promise<void>;
}

interface Cup {
  readonly id: string;
  readonly owner: string;
  readonly slot: string;
  readonly filledAt: string | null;
  readonly sips: number;
  readonly isClean: boolean;
  readonly tags?: readonly { readonly name: string }[];
  readonly refills?: number;
}

const cup = (id: string, rest: Partial<Cup> = {}): Cup => ({
  id,
  owner: 'ada',
  slot: `slot of ${id}`,
  filledAt: '2026-03-02T15:00:00.000Z',
  sips: 0,
  isClean: true,
  ...rest,
});

/** Text that some store somewhere would take for something else than text. */
const ODD_TEXTS = [
  "'; DROP TABLE cups; --",
  '{"$gt":""}',
  '$owner',
  '$.owner',
  'a.b',
  'é ☕ \u0000',
  '%',
  '',
];

/** What every document store must do; each adapter runs it unchanged. */
export function describeDocuments(name: string, create: () => Promise<DocumentsUnderTest>): void {
  describe(`${name} as documents`, () => {
    let underTest: DocumentsUnderTest;
    let documents: Documents;
    let cups: Collection<Cup>;

    const openCups = () =>
      documents.collection<Cup>({
        name: 'cups',
        indexes: [{ fields: ['owner', 'filledAt', 'id'] }, { fields: ['slot'], unique: true }],
      });

    beforeEach(async () => {
      underTest = await create();
      documents = await underTest.open();
      cups = await openCups();
    });

    afterEach(async () => {
      await documents.close();
      await underTest.remove();
    });

    const idsOf = (found: readonly Cup[]) => found.map(({ id }) => id);
    const where = async (wanted: Parameters<typeof cups.count>[0]) =>
      idsOf(await cups.find({ where: wanted, order: [['id', 'asc']] }));

    describe('one document', () => {
      it('is given back as it was written, and is null where there is none', async () => {
        const full = cup('a', { tags: [{ name: 'red' }], filledAt: null });
        expect(await cups.insert(full)).toBe(true);
        expect(await cups.get('a')).toEqual(full);
        expect(await cups.get('b')).toBeNull();
      });

      it('lacks what was undefined, and keeps what a change leaves undefined', async () => {
        await cups.insert(cup('a', { refills: undefined }));
        await cups.change('a', { set: { tags: undefined, owner: undefined, sips: 1 } });
        expect(Object.entries((await cups.get('a'))!).sort()).toEqual(
          Object.entries(cup('a', { sips: 1 })).sort(),
        );
      });

      it('is inserted once, however often that is tried at once', async () => {
        const tries = await Promise.all(
          Array.from({ length: 20 }, (_, sips) => cups.insert(cup('a', { sips }))),
        );
        expect(tries.filter(Boolean)).toHaveLength(1);
        expect((await cups.get('a'))!.sips).toBe(tries.indexOf(true));
      });

      it('is not inserted where a unique index has its values, and not changed to them', async () => {
        await cups.insert(cup('a', { slot: 'left' }));
        expect(await cups.insert(cup('b', { slot: 'left' }))).toBe(false);
        expect(await cups.get('b')).toBeNull();
        await cups.insert(cup('c', { slot: 'right' }));
        await expect(cups.change('c', { set: { slot: 'left' } })).rejects.toThrow();
        await expect(cups.put(cup('c', { slot: 'left' }))).rejects.toThrow();
        expect((await cups.get('c'))!.slot).toBe('right');
      });

      it('is written anew by put, nothing of the old one left', async () => {
        await cups.put(cup('a', { refills: 3 }));
        await cups.put(cup('a', { sips: 2 }));
        expect(await cups.get('a')).toEqual(cup('a', { sips: 2 }));
      });

      it('is still there after it was closed and opened again', async () => {
        await cups.insert(cup('a'));
        await cups.change('a', { add: { sips: 1 }, onceKey: 'first' });
        await documents.close();
        documents = await underTest.open();
        cups = await openCups();
        expect(await cups.change('a', { add: { sips: 1 }, onceKey: 'first' })).toBe(false);
        expect(await cups.get('a')).toEqual(cup('a', { sips: 1 }));
      });

      it('of one collection is none of another', async () => {
        const others = await documents.collection<Cup>({ name: 'others', indexes: [] });
        await cups.insert(cup('a'));
        expect(await others.get('a')).toBeNull();
        await others.change('a', { orInsert: cup('a'), add: { sips: 1 }, onceKey: 'k' });
        expect(await cups.change('a', { add: { sips: 1 }, onceKey: 'k' })).toBe(true);
      });

      it.each(ODD_TEXTS)('may have any text as its id and in its fields: %j', async (odd) => {
        const strange = cup(`id ${odd}`, { owner: odd });
        await cups.insert(cup('a', { owner: 'someone' }));
        await cups.insert(strange);
        expect(await cups.get(strange.id)).toEqual(strange);
        expect(await where({ owner: odd })).toEqual([strange.id]);
        expect(await cups.change(strange.id, { where: { owner: odd }, add: { sips: 1 } })).toBe(
          true,
        );
        expect(await cups.remove({ owner: odd })).toBe(1);
        expect(await cups.count()).toBe(1);
      });
    });

    describe('a change', () => {
      it('sets and adds together, beginning a missing number at zero', async () => {
        await cups.insert(cup('a', { sips: 2 }));
        expect(
          await cups.change('a', { set: { owner: 'bob' }, add: { sips: 3, refills: -1 } }),
        ).toBe(true);
        expect(await cups.get('a')).toEqual(cup('a', { owner: 'bob', sips: 5, refills: -1 }));
      });

      it('adds fields that nobody has named before', async () => {
        const counters = await documents.collection<{ id: string } & Record<string, unknown>>({
          name: 'counters',
          indexes: [],
        });
        const change = { add: { hour_07: 1 } as never, orInsert: { id: 'a' } };
        await counters.change('a', change);
        await counters.change('a', change);
        expect(await counters.get('a')).toEqual({ id: 'a', hour_07: 2 });
      });

      it('does nothing to what is not there, unless it is told what to begin with', async () => {
        expect(await cups.change('a', { add: { sips: 1 } })).toBe(false);
        expect(await cups.get('a')).toBeNull();
        const begin = { add: { sips: 1 }, set: { owner: 'bob' }, orInsert: cup('a', { sips: 10 }) };
        expect(await cups.change('a', begin)).toBe(true);
        expect(await cups.get('a')).toEqual(cup('a', { sips: 11, owner: 'bob' }));
        expect(await cups.change('a', begin)).toBe(true);
        expect((await cups.get('a'))!.sips).toBe(12);
      });

      it('begins only the document that it names', async () => {
        await expect(cups.change('a', { orInsert: cup('b') })).rejects.toThrow();
      });

      it('happens only where its condition holds', async () => {
        await cups.insert(cup('a', { filledAt: null }));
        const fill = { where: { filledAt: null }, set: { filledAt: '2026-03-02T16:00:00.000Z' } };
        expect(await cups.change('a', fill)).toBe(true);
        expect(await cups.change('a', fill)).toBe(false);
      });

      it('is won by one of many who change from the same state', async () => {
        await cups.insert(cup('a'));
        const tries = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            cups.change('a', { where: { isClean: true }, set: { isClean: false, owner: `${i}` } }),
          ),
        );
        expect(tries.filter(Boolean)).toHaveLength(1);
        expect((await cups.get('a'))!.owner).toBe(`${tries.indexOf(true)}`);
      });

      it('loses none of many at once, the beginning included', async () => {
        await Promise.all(
          Array.from({ length: 50 }, () =>
            cups.change('a', { add: { sips: 1 }, orInsert: cup('a') }),
          ),
        );
        expect((await cups.get('a'))!.sips).toBe(50);
      });

      it('is made once for one key and document, however often it is tried at once', async () => {
        const drink = (id: string, onceKey: string) =>
          cups.change(id, { add: { sips: 1 }, orInsert: cup(id), onceKey });
        const tries = await Promise.all(Array.from({ length: 20 }, () => drink('a', 'first')));
        expect(tries.filter(Boolean)).toHaveLength(1);
        expect(await drink('a', 'second')).toBe(true);
        expect(await drink('b', 'first')).toBe(true);
        expect((await cups.getMany(['a', 'b'])).map((each) => each!.sips)).toEqual([2, 1]);
      });

      it('that did not happen leaves its key unused', async () => {
        await cups.insert(cup('a', { owner: 'bob' }));
        const drink = { where: { owner: 'ada' }, add: { sips: 1 }, onceKey: 'k' };
        expect(await cups.change('a', drink)).toBe(false);
        await cups.change('a', { set: { owner: 'ada' } });
        expect(await cups.change('a', drink)).toBe(true);
        expect(await cups.change('b', { add: { sips: 1 }, onceKey: 'k' })).toBe(false);
        expect(await cups.change('b', { add: { sips: 1 }, onceKey: 'k', orInsert: cup('b') })).toBe(
          true,
        );
      });

      it('is forgotten with the document, and shows nothing of its keys', async () => {
        const drink = { add: { sips: 1 }, orInsert: cup('a'), onceKey: 'k' };
        await cups.change('a', drink);
        expect(await cups.get('a')).toEqual(cup('a', { sips: 1 }));
        expect(await cups.find({})).toEqual([cup('a', { sips: 1 })]);
        await cups.remove({ id: 'a' });
        expect(await cups.change('a', drink)).toBe(true);
        await cups.put(cup('a'));
        expect(await cups.change('a', drink)).toBe(true);
      });
    });

    describe('many documents', () => {
      beforeEach(async () => {
        await cups.insert(cup('a', { owner: 'ada', sips: 1, filledAt: '2026-03-01' }));
        await cups.insert(cup('b', { owner: 'bob', sips: 2, filledAt: '2026-03-02', refills: 1 }));
        await cups.insert(cup('c', { owner: 'ada', sips: 3, filledAt: null, isClean: false }));
        await cups.insert(cup('d', { owner: 'cyd', sips: 4, filledAt: '2026-03-02' }));
      });

      it('are read by their ids, in the order of the ids', async () => {
        const found = await cups.getMany(['d', 'x', 'a', 'd']);
        expect(found.map((each) => each?.id ?? null)).toEqual(['d', null, 'a', 'd']);
        expect(await cups.getMany([])).toEqual([]);
      });

      it('are found by what they hold', async () => {
        expect(await where({})).toEqual(['a', 'b', 'c', 'd']);
        expect(await where({ owner: 'ada' })).toEqual(['a', 'c']);
        expect(await where({ owner: 'ada', isClean: true })).toEqual(['a']);
        expect(await where({ isClean: false })).toEqual(['c']);
        expect(await where({ id: ['a', 'd', 'x'] })).toEqual(['a', 'd']);
        expect(await where({ owner: [] })).toEqual([]);
        expect(await where({ owner: undefined, sips: 4 })).toEqual(['d']);
      });

      it('are found by null where a field is null or missing', async () => {
        expect(await where({ filledAt: null })).toEqual(['c']);
        expect(await where({ refills: null })).toEqual(['a', 'c', 'd']);
        expect(await where({ filledAt: [null, '2026-03-01'] })).toEqual(['a', 'c']);
      });

      it('are found by ranges that include their beginning and not their end', async () => {
        expect(await where({ sips: { from: 2, below: 4 } })).toEqual(['b', 'c']);
        expect(await where({ filledAt: { from: '2026-03-02' } })).toEqual(['b', 'd']);
        expect(await where({ filledAt: { below: '2026-03-02' } })).toEqual(['a']);
        expect(await where({ refills: { below: 9 } })).toEqual(['b']);
        expect(await where({ sips: {} })).toEqual(['a', 'b', 'c', 'd']);
      });

      it('are sorted by several fields, each in its direction', async () => {
        const found = await cups.find({
          order: [
            ['owner', 'asc'],
            ['sips', 'desc'],
          ],
        });
        expect(idsOf(found)).toEqual(['c', 'a', 'b', 'd']);
      });

      it('are given in pages that follow one another, whatever comes in between', async () => {
        for (let i = 0; i < 7; i++) await cups.insert(cup(`e${i}`, { filledAt: '2026-03-03' }));
        const seen: string[] = [];
        let after: [string, string] | undefined;
        for (;;) {
          const page = await cups.find({
            where: { filledAt: { from: '2026' } },
            order: [
              ['filledAt', 'desc'],
              ['id', 'asc'],
            ],
            limit: 3,
            ...(after && { after }),
          });
          if (page.length === 0) break;
          seen.push(...idsOf(page));
          after = [page.at(-1)!.filledAt!, page.at(-1)!.id];
          await cups.insert(cup(`new ${seen.length}`, { filledAt: '2026-03-04' }));
        }
        expect(seen).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'b', 'd', 'a']);
      });

      it('are none when none are wanted', async () => {
        expect(await cups.find({ limit: 0 })).toEqual([]);
      });

      it('are counted and removed', async () => {
        expect(await cups.count()).toBe(4);
        expect(await cups.count({ owner: 'ada' })).toBe(2);
        expect(await cups.remove({ owner: ['ada', 'bob'] })).toBe(3);
        expect(await cups.remove({ owner: 'ada' })).toBe(0);
        expect(await where({})).toEqual(['d']);
      });

      it('are summed up by what they share', async () => {
        const sum = ['sips', 'refills'] as const;
        expect(await cups.totals({ by: 'owner', sum })).toEqual([
          { key: 'ada', count: 2, sums: { sips: 4, refills: 0 } },
          { key: 'bob', count: 1, sums: { sips: 2, refills: 1 } },
          { key: 'cyd', count: 1, sums: { sips: 4, refills: 0 } },
        ]);
        expect(await cups.totals({ by: 'sips', where: { owner: 'ada' } })).toEqual([
          { key: 1, count: 1, sums: {} },
          { key: 3, count: 1, sums: {} },
        ]);
        expect(await cups.totals({ by: 'owner', where: { owner: 'nobody' } })).toEqual([]);
      });

      it('are summed up exactly', async () => {
        await cups.put(cup('a', { sips: 2 ** 52 }));
        await cups.put(cup('c', { sips: 1 }));
        expect(await cups.totals({ by: 'owner', sum: ['sips'], where: { owner: 'ada' } })).toEqual([
          { key: 'ada', count: 2, sums: { sips: 2 ** 52 + 1 } },
        ]);
      });
    });
  });
}
