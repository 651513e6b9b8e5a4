import { z } from 'zod';
import { cup, type CupStore } from './document-cups.ts';

/** What is true of changes, however many come at once. */
export function describeChange(store: CupStore): void {
  it('sets and adds together, beginning a missing number at zero', async () => {
    await store.cups.insert(cup('a', { sips: 2 }));
    expect(
      await store.cups.change('a', { set: { owner: 'bob' }, add: { sips: 3, refills: -1 } }),
    ).toBe(true);
    expect(await store.cups.get('a')).toEqual(cup('a', { owner: 'bob', sips: 5, refills: -1 }));
  });

  it('adds fields that nobody has named before', async () => {
    const counters = await store.documents.collection<{ id: string } & Record<string, unknown>>({
      name: 'counters',
      schema: z.object({ id: z.string() }).catchall(z.int()),
      indexes: [],
    });
    const change = { add: { hour_07: 1 } as never, orInsert: { id: 'a' } };
    await counters.change('a', change);
    await counters.change('a', change);
    expect(await counters.get('a')).toEqual({ id: 'a', hour_07: 2 });
  });

  it('does nothing to what is not there, unless it is told what to begin with', async () => {
    expect(await store.cups.change('a', { add: { sips: 1 } })).toBe(false);
    expect(await store.cups.get('a')).toBeNull();
    const begin = { add: { sips: 1 }, set: { owner: 'bob' }, orInsert: cup('a', { sips: 10 }) };
    expect(await store.cups.change('a', begin)).toBe(true);
    expect(await store.cups.get('a')).toEqual(cup('a', { sips: 11, owner: 'bob' }));
    expect(await store.cups.change('a', begin)).toBe(true);
    expect((await store.cups.get('a'))!.sips).toBe(12);
  });

  it('begins only the document that it names', async () => {
    await expect(store.cups.change('a', { orInsert: cup('b') })).rejects.toThrow();
  });

  it('happens only where its condition holds', async () => {
    await store.cups.insert(cup('a', { filledAt: null }));
    const fill = { where: { filledAt: null }, set: { filledAt: '2026-03-02T16:00:00.000Z' } };
    expect(await store.cups.change('a', fill)).toBe(true);
    expect(await store.cups.change('a', fill)).toBe(false);
  });

  it('is won by one of many who change from the same state', async () => {
    await store.cups.insert(cup('a'));
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        store.cups.change('a', {
          where: { isClean: true },
          set: { isClean: false, owner: `${i}` },
        }),
      ),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect((await store.cups.get('a'))!.owner).toBe(`${tries.indexOf(true)}`);
  });

  it('loses none of many at once, the beginning included', async () => {
    await Promise.all(
      Array.from({ length: 50 }, () =>
        store.cups.change('a', { add: { sips: 1 }, orInsert: cup('a') }),
      ),
    );
    expect((await store.cups.get('a'))!.sips).toBe(50);
  });

  it('is made once for one key and document, however often it is tried at once', async () => {
    const drink = (id: string, onceKey: string) =>
      store.cups.change(id, { add: { sips: 1 }, orInsert: cup(id), onceKey });
    const tries = await Promise.all(Array.from({ length: 50 }, () => drink('a', 'first')));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await drink('a', 'second')).toBe(true);
    expect(await drink('b', 'first')).toBe(true);
    expect((await store.cups.getMany(['a', 'b'])).map((each) => each!.sips)).toEqual([2, 1]);
  });

  it('that did not happen leaves its key unused', async () => {
    await store.cups.insert(cup('a', { owner: 'bob' }));
    const drink = { where: { owner: 'ada' }, add: { sips: 1 }, onceKey: 'k' };
    expect(await store.cups.change('a', drink)).toBe(false);
    await store.cups.change('a', { set: { owner: 'ada' } });
    expect(await store.cups.change('a', drink)).toBe(true);
    expect(await store.cups.change('b', { add: { sips: 1 }, onceKey: 'k' })).toBe(false);
    expect(
      await store.cups.change('b', { add: { sips: 1 }, onceKey: 'k', orInsert: cup('b') }),
    ).toBe(true);
  });

  it('is forgotten with the document, and shows nothing of its keys', async () => {
    const drink = { add: { sips: 1 }, orInsert: cup('a'), onceKey: 'k' };
    await store.cups.change('a', drink);
    expect(await store.cups.get('a')).toEqual(cup('a', { sips: 1 }));
    expect(await store.cups.find({})).toEqual([cup('a', { sips: 1 })]);
    await store.cups.remove({ id: 'a' });
    expect(await store.cups.change('a', drink)).toBe(true);
    await store.cups.put(cup('a'));
    expect(await store.cups.change('a', drink)).toBe(true);
  });
}
