import fc from 'fast-check';
import type { ResponseStore } from '../../src/caching/response-store.ts';

const LONG_MS = 60_000;

/** A store as a test sees it: two of them share what they keep. */
export interface StoresUnderTest {
  readonly one: ResponseStore;
  readonly other: ResponseStore;
}

/** What every store has to keep to. */
export function storeContract(open: () => Promise<StoresUnderTest>): void {
  const momentOf = async (store: ResponseStore): Promise<string> =>
    (await store.read([]))?.moment ?? 'none';
  const valueIn = async (store: ResponseStore, key: string): Promise<unknown> =>
    (await store.read([key]))?.values[0];
  const answer = (key: string, value: unknown, ...tags: string[]) => ({
    key,
    value,
    tags: ['s:test', ...tags],
    ttlMs: LONG_MS,
  });

  it('gives back what was written, to whoever shares it', async () => {
    const { one, other } = await open();
    const value = { price: 4, none: null, nested: [{ 'ä"\n': true }] };

    await one.write(await momentOf(one), [answer('a', value), answer('null', null)]);

    expect((await other.read(['a', 'unknown', 'null']))?.values).toEqual([value, undefined, null]);
  });

  it('gives back nothing with an invalidated tag', async () => {
    const { one, other } = await open();
    await one.write(await momentOf(one), [answer('a', 1, 'x', 'y'), answer('b', 2, 'y')]);

    await other.invalidate(['x']);

    expect((await one.read(['a', 'b']))?.values).toEqual([undefined, 2]);
  });

  it('keeps nothing that was asked for before an invalidation', async () => {
    const { one, other } = await open();
    const before = await momentOf(one);

    await other.invalidate(['x']);
    await one.write(before, [answer('a', 'old', 'x'), answer('b', 'still good', 'y')]);

    expect((await one.read(['a', 'b']))?.values).toEqual([undefined, 'still good']);
    await one.write(await momentOf(one), [answer('a', 'new', 'x')]);
    expect(await valueIn(other, 'a')).toBe('new');
  });

  it('tells another moment after each invalidation', async () => {
    const { one, other } = await open();
    const before = await momentOf(one);

    await other.invalidate(['x']);

    expect(await momentOf(one)).not.toBe(before);
  });

  it('never gives back what is older than an invalidation, in whatever order things happen', async () => {
    const tag = fc.constantFrom('x', 'y', 'z');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), key: tag, tags: fc.uniqueArray(tag) }),
      fc.record({ kind: fc.constant('answer' as const), which: fc.nat(5) }),
      fc.record({
        kind: fc.constant('invalidate' as const),
        tags: fc.uniqueArray(tag, { minLength: 1 }),
      }),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { one, other } = await open();
        const prefix = `run-${(run += 1)}-`;
        const stores = [one, other];
        const asked: { key: string; tags: readonly string[]; moment: string; at: number }[] = [];
        /** When each tag was invalidated last, by the number of the step. */
        const invalidated = new Map<string, number>();
        for (const [at, each] of steps.entries()) {
          const store = stores[at % 2] ?? one;
          if (each.kind === 'ask') {
            const [key, tags] = [prefix + each.key, each.tags.map((name) => prefix + name)];
            asked.push({ key, tags, moment: await momentOf(store), at });
          } else if (each.kind === 'invalidate') {
            const tags = each.tags.map((name) => prefix + name);
            await store.invalidate(tags);
            for (const name of tags) invalidated.set(name, at);
          } else {
            const question = asked.splice(each.which % Math.max(asked.length, 1), 1)[0];
            if (!question) continue;
            const { key, tags, moment } = question;
            await store.write(moment, [answer(key, { tags, at: question.at }, ...tags)]);
          }
          for (const key of ['x', 'y', 'z']) {
            const found = await valueIn(stores[(at + 1) % 2] ?? one, prefix + key);
            if (found === undefined) continue;
            const { tags, at: askedAt } = found as { tags: readonly string[]; at: number };
            for (const name of tags) expect(invalidated.get(name) ?? -1).toBeLessThan(askedAt);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
}
