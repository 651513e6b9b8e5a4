import { z } from 'zod';
import { InvalidDocumentError } from '../documents/documents-validation.ts';
import { cup, type CupStore } from './document-cups.ts';

/** What no store takes, and how it says so. */
export function describeRefusals(store: CupStore): void {
  const refusal = async (work: Promise<unknown>): Promise<InvalidDocumentError> => {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InvalidDocumentError);
    return error as InvalidDocumentError;
  };

  it.each<[string, object]>([
    ['sips', { sips: '3' }],
    ['sips', { sips: 1.5 }],
    ['sips', { sips: NaN }],
    ['owner', { owner: null }],
    ['owner', { owner: undefined }],
    ['isClean', { isClean: 1 }],
    ['tags', { tags: [{ name: 5 }] }],
    ['colour', { colour: 'red' }],
  ])('is a document with a wrong %s: %j', async (field, wrong) => {
    const document = cup('a', wrong);
    for (const write of [
      store.cups.insert(document),
      store.cups.put(document),
      store.cups.change('a', { orInsert: document }),
    ]) {
      const error = await refusal(write);
      expect(error.fields).toEqual([field]);
      expect(error.message).toContain(`cups: ${field}`);
    }
    expect(await store.cups.count()).toBe(0);
  });

  it.each<[string, object]>([
    ['sips', { set: { sips: 'many' } }],
    ['filledAt', { set: { owner: 'bob', filledAt: 5 } }],
    ['tags', { set: { tags: 'red' } }],
    ['colour', { set: { colour: 'red' } }],
    ['id', { set: { id: 'b' } }],
    ['owner', { add: { owner: 1 } }],
    ['sips', { add: { sips: Infinity } }],
    ['colour', { add: { colour: 1 } }],
  ])('is a change of %s: %j', async (field, change) => {
    await store.cups.insert(cup('a'));
    const error = await refusal(store.cups.change('a', { ...change, onceKey: 'k' }));
    expect(error.fields).toEqual([field]);
    expect(await store.cups.get('a')).toEqual(cup('a'));
    expect(await store.cups.change('a', { add: { sips: 1 }, onceKey: 'k' })).toBe(true);
  });

  it('is not what the catch-all takes', async () => {
    const counters = await store.documents.collection<{ id: string } & Record<string, unknown>>({
      name: 'counters',
      schema: z.object({ id: z.string() }).catchall(z.int()),
      indexes: [],
    });
    expect(await counters.insert({ id: 'a', anything: 1 })).toBe(true);
    expect((await refusal(counters.insert({ id: 'b', other: 'text' }))).fields).toEqual(['other']);
    expect((await refusal(counters.change('a', { set: { more: 'text' } }))).fields).toEqual([
      'more',
    ]);
  });

  it('are names that a store might take for something else', async () => {
    const open = await store.documents.collection<{ id: string } & Record<string, unknown>>({
      name: 'open',
      schema: z.object({ id: z.string() }).catchall(z.unknown()),
      indexes: [],
    });
    for (const name of ['$where', '$or', 'a.b', '_once', '_id', '', "x'"]) {
      await expect(open.find({ where: { [name]: 1 } })).rejects.toThrow();
      await expect(open.totals({ by: name })).rejects.toThrow();
    }
  });
}
