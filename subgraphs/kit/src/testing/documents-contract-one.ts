import { cup, cupSchema, type Cup, type CupStore } from './document-cups.ts';

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

/** What is true of one document. */
export function describeOneDocument(store: CupStore): void {
  it('is given back as it was written, and is null where there is none', async () => {
    const full = cup('a', { tags: [{ name: 'red' }], filledAt: null });
    expect(await store.cups.insert(full)).toBe(true);
    expect(await store.cups.get('a')).toEqual(full);
    expect(await store.cups.get('b')).toBeNull();
  });

  it('lacks what was undefined, and keeps what a change leaves undefined', async () => {
    await store.cups.insert(cup('a', { refills: undefined }));
    await store.cups.change('a', { set: { tags: undefined, owner: undefined, sips: 1 } });
    expect(Object.entries((await store.cups.get('a'))!).sort()).toEqual(
      Object.entries(cup('a', { sips: 1 })).sort(),
    );
  });

  it('is inserted once, however often that is tried at once', async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, sips) => store.cups.insert(cup('a', { sips }))),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect((await store.cups.get('a'))!.sips).toBe(tries.indexOf(true));
  });

  it('is not inserted where a unique index has its values, and not changed to them', async () => {
    await store.cups.insert(cup('a', { slot: 'left' }));
    expect(await store.cups.insert(cup('b', { slot: 'left' }))).toBe(false);
    expect(await store.cups.get('b')).toBeNull();
    await store.cups.insert(cup('c', { slot: 'right' }));
    await expect(store.cups.change('c', { set: { slot: 'left' } })).rejects.toThrow();
    await expect(store.cups.put(cup('c', { slot: 'left' }))).rejects.toThrow();
    expect((await store.cups.get('c'))!.slot).toBe('right');
  });

  it('is written anew by put, nothing of the old one left', async () => {
    await store.cups.put(cup('a', { refills: 3 }));
    await store.cups.put(cup('a', { sips: 2 }));
    expect(await store.cups.get('a')).toEqual(cup('a', { sips: 2 }));
  });

  it('is still there after it was closed and opened again', async () => {
    await store.cups.insert(cup('a'));
    await store.cups.change('a', { add: { sips: 1 }, onceKey: 'first' });
    await store.reopen();
    expect(await store.cups.change('a', { add: { sips: 1 }, onceKey: 'first' })).toBe(false);
    expect(await store.cups.get('a')).toEqual(cup('a', { sips: 1 }));
  });

  it('of one collection is none of another', async () => {
    const others = await store.documents.collection<Cup>({
      name: 'others',
      schema: cupSchema,
      indexes: [],
    });
    await store.cups.insert(cup('a'));
    expect(await others.get('a')).toBeNull();
    await others.change('a', { orInsert: cup('a'), add: { sips: 1 }, onceKey: 'k' });
    expect(await store.cups.change('a', { add: { sips: 1 }, onceKey: 'k' })).toBe(true);
  });

  it.each(ODD_TEXTS)('may have any text as its id and in its fields: %j', async (odd) => {
    const strange = cup(`id ${odd}`, { owner: odd });
    await store.cups.insert(cup('a', { owner: 'someone' }));
    await store.cups.insert(strange);
    expect(await store.cups.get(strange.id)).toEqual(strange);
    expect(await store.idsWhere({ owner: odd })).toEqual([strange.id]);
    expect(await store.cups.change(strange.id, { where: { owner: odd }, add: { sips: 1 } })).toBe(
      true,
    );
    expect(await store.cups.remove({ owner: odd })).toBe(1);
    expect(await store.cups.count()).toBe(1);
  });
}
