import { cup, idsOf, type CupStore } from './document-cups.ts';

/** What is true of many documents: finding, sorting, paging, counting, summing up. */
export function describeManyDocuments(store: CupStore): void {
  beforeEach(async () => {
    await store.cups.insert(cup('a', { owner: 'ada', sips: 1, filledAt: '2026-03-01' }));
    await store.cups.insert(
      cup('b', { owner: 'bob', sips: 2, filledAt: '2026-03-02', refills: 1 }),
    );
    await store.cups.insert(cup('c', { owner: 'ada', sips: 3, filledAt: null, isClean: false }));
    await store.cups.insert(cup('d', { owner: 'cyd', sips: 4, filledAt: '2026-03-02' }));
  });

  it('are read by their ids, in the order of the ids', async () => {
    const found = await store.cups.getMany(['d', 'x', 'a', 'd']);
    expect(found.map((each) => each?.id ?? null)).toEqual(['d', null, 'a', 'd']);
    expect(await store.cups.getMany([])).toEqual([]);
  });

  it('are found by what they hold', async () => {
    expect(await store.idsWhere({})).toEqual(['a', 'b', 'c', 'd']);
    expect(await store.idsWhere({ owner: 'ada' })).toEqual(['a', 'c']);
    expect(await store.idsWhere({ owner: 'ada', isClean: true })).toEqual(['a']);
    expect(await store.idsWhere({ isClean: false })).toEqual(['c']);
    expect(await store.idsWhere({ id: ['a', 'd', 'x'] })).toEqual(['a', 'd']);
    expect(await store.idsWhere({ owner: [] })).toEqual([]);
    expect(await store.idsWhere({ owner: undefined, sips: 4 })).toEqual(['d']);
  });

  it('are found by null where a field is null or missing', async () => {
    expect(await store.idsWhere({ filledAt: null })).toEqual(['c']);
    expect(await store.idsWhere({ refills: null })).toEqual(['a', 'c', 'd']);
    expect(await store.idsWhere({ filledAt: [null, '2026-03-01'] })).toEqual(['a', 'c']);
  });

  it('are found by ranges that include their beginning and not their end', async () => {
    expect(await store.idsWhere({ sips: { from: 2, below: 4 } })).toEqual(['b', 'c']);
    expect(await store.idsWhere({ filledAt: { from: '2026-03-02' } })).toEqual(['b', 'd']);
    expect(await store.idsWhere({ filledAt: { below: '2026-03-02' } })).toEqual(['a']);
    expect(await store.idsWhere({ refills: { below: 9 } })).toEqual(['b']);
    expect(await store.idsWhere({ sips: {} })).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are sorted by several fields, each in its direction', async () => {
    const found = await store.cups.find({
      order: [
        ['owner', 'asc'],
        ['sips', 'desc'],
      ],
    });
    expect(idsOf(found)).toEqual(['c', 'a', 'b', 'd']);
  });

  it('are compared by the bytes of their text, in UTF-8', async () => {
    const inOrder = ['', '10', '9', 'B', 'a', 'é', '\uffee', '😀'];
    await store.cups.remove({});
    for (const owner of [...inOrder].reverse()) await store.cups.insert(cup(owner, { owner }));
    const sorted = await store.cups.find({ order: [['owner', 'asc']] });
    expect(sorted.map(({ owner }) => owner)).toEqual(inOrder);
    const some = await store.cups.find({
      where: { owner: { from: '9', below: '😀' } },
      order: [['id', 'desc']],
    });
    expect(some.map(({ owner }) => owner)).toEqual(inOrder.slice(2, -1).reverse());
    expect((await store.cups.totals({ by: 'owner' })).map(({ key }) => key)).toEqual(inOrder);
  });

  it('are given in pages that follow one another, whatever comes in between', async () => {
    for (let i = 0; i < 7; i++) await store.cups.insert(cup(`e${i}`, { filledAt: '2026-03-03' }));
    const seen: string[] = [];
    let after: [string, string] | undefined;
    for (;;) {
      const page = await store.cups.find({
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
      await store.cups.insert(cup(`new ${seen.length}`, { filledAt: '2026-03-04' }));
    }
    expect(seen).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'b', 'd', 'a']);
  });

  it('are none when none are wanted', async () => {
    expect(await store.cups.find({ limit: 0 })).toEqual([]);
  });

  it('are counted and removed', async () => {
    expect(await store.cups.count()).toBe(4);
    expect(await store.cups.count({ owner: 'ada' })).toBe(2);
    expect(await store.cups.remove({ owner: ['ada', 'bob'] })).toBe(3);
    expect(await store.cups.remove({ owner: 'ada' })).toBe(0);
    expect(await store.idsWhere({})).toEqual(['d']);
  });

  it('are summed up by what they share', async () => {
    const sum = ['sips', 'refills'] as const;
    expect(await store.cups.totals({ by: 'owner', sum })).toEqual([
      { key: 'ada', count: 2, sums: { sips: 4, refills: 0 } },
      { key: 'bob', count: 1, sums: { sips: 2, refills: 1 } },
      { key: 'cyd', count: 1, sums: { sips: 4, refills: 0 } },
    ]);
    expect(await store.cups.totals({ by: 'sips', where: { owner: 'ada' } })).toEqual([
      { key: 1, count: 1, sums: {} },
      { key: 3, count: 1, sums: {} },
    ]);
    expect(await store.cups.totals({ by: 'owner', where: { owner: 'nobody' } })).toEqual([]);
  });

  it('are summed up exactly', async () => {
    await store.cups.put(cup('a', { sips: 2 ** 52 }));
    await store.cups.put(cup('c', { sips: 1 }));
    expect(
      await store.cups.totals({ by: 'owner', sum: ['sips'], where: { owner: 'ada' } }),
    ).toEqual([{ key: 'ada', count: 2, sums: { sips: 2 ** 52 + 1 } }]);
  });
}
