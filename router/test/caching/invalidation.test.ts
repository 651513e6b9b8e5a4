import fc from 'fast-check';
import type { Invalidation } from '../../src/caching/invalidation.ts';
import { Goods, openShop } from './shop.ts';

const PRICES = '{ goods { id price } }';

let goods: Goods;

beforeEach(() => {
  goods = new Goods();
});

/** A router that is told of events by the test. */
async function openTold() {
  let tell: (what: readonly Invalidation[]) => Promise<void> = () => Promise.reject(new Error());
  let isListening = false;
  const events = {
    listen: async (invalidate: typeof tell) => {
      tell = invalidate;
      isListening = true;
      return async () => void (isListening = false);
    },
  };
  const later: (() => void)[] = [];
  const timers = {
    after: (_delayMs: number, run: () => void) => {
      later.push(run);
      return () => undefined;
    },
    every: () => () => undefined,
  };
  const shop = await openShop(goods, { cache: { isTold: true, events }, timers });
  return {
    ...shop,
    tell: (...what: Invalidation[]) => tell(what),
    /** Lets time pass. */
    runTimers: () => later.splice(0).forEach((run) => run()),
    isListening: () => isListening,
  };
}

/** What is asked anew of three entities and a root field, once this was invalidated. */
async function askedAnew(what: Invalidation): Promise<{ goods: number; prices: number }> {
  const { ask, tell } = await openTold();
  await ask(PRICES);
  await tell(what);
  const { cache } = await ask(PRICES);
  const missesOf = (name: string): number => (cache?.[name] as { misses: number }).misses;
  return { goods: missesOf('catalogue'), prices: missesOf('prices') };
}

describe('an invalidation', () => {
  it.each<[Invalidation, { goods: number; prices: number }]>([
    [{ everything: true }, { goods: 1, prices: 3 }],
    [{ subgraph: 'prices' }, { goods: 0, prices: 3 }],
    [{ subgraph: 'catalogue' }, { goods: 1, prices: 0 }],
    [{ type: 'Good' }, { goods: 1, prices: 3 }],
    [{ type: 'Thing' }, { goods: 1, prices: 3 }],
    [
      { type: 'Good', key: { id: '2' } },
      { goods: 1, prices: 1 },
    ],
    [
      { type: 'Good', key: { id: 2 } },
      { goods: 1, prices: 1 },
    ],
    [
      { type: 'Good', key: { id: '9' } },
      { goods: 0, prices: 0 },
    ],
    [
      { type: 'Good', key: { sku: '2' } },
      { goods: 1, prices: 3 },
    ],
    [{ tag: 'price-2' }, { goods: 0, prices: 1 }],
    [{ tag: 'price-9' }, { goods: 0, prices: 0 }],
    [{ tag: 'unheard-of' }, { goods: 0, prices: 0 }],
  ])('of %j makes old what it concerns and no more', async (what, expected) => {
    expect(await askedAnew(what)).toEqual(expected);
  });

  it('finds root fields by the tags that their arguments make', async () => {
    const { ask, tell, calls } = await openTold();
    await ask('{ good(id: "1") { name } }');
    calls('catalogue');

    await tell({ tag: 'good-page-2' });
    await ask('{ good(id: "1") { name } }');
    expect(calls('catalogue')).toBe(0);

    await tell({ tag: 'good-page-1' });
    await ask('{ good(id: "1") { name } }');
    expect(calls('catalogue')).toBe(1);
  });

  it('finds entities whose keys were not asked for, behind aliases and interfaces too', async () => {
    const hiding = [
      '{ good(id: "1") { name } }',
      '{ good(id: "1") { id: name } }',
      '{ things { id } }',
    ];
    for (const query of hiding) {
      const { ask, tell, calls } = await openTold();
      await ask(query);
      calls('catalogue');

      await tell({ type: 'Good', key: { id: '1' } });
      await ask(query);

      expect([query, calls('catalogue')]).toEqual([query, 1]);
    }
  });

  it('finds what a subgraph gave tags of its own', async () => {
    goods.extensions = { apolloEntityCacheTags: [['cheap'], ['fair', 'cheap'], ['dear']] };
    const { ask, tell } = await openTold();
    await ask(PRICES);

    await tell({ tag: 'cheap' });

    expect((await ask(PRICES)).cache?.['prices']).toEqual({ hits: 1, misses: 2 });
  });

  it('is made again a moment later, for instances that did not know yet', async () => {
    const { ask, tell, runTimers } = await openTold();
    await tell({ subgraph: 'prices' });
    await ask(PRICES);

    runTimers();
    await Promise.resolve();

    expect((await ask(PRICES)).cache?.['prices']).toEqual({ hits: 0, misses: 3 });
  });

  it('is listened for until the router is closed', async () => {
    const { router, isListening } = await openTold();
    expect(isListening()).toBe(true);

    await router.close();

    expect(isListening()).toBe(false);
  });
});

describe('a change by the router itself', () => {
  it('is seen from its answer on', async () => {
    const { ask } = await openShop(goods);
    await ask(PRICES);

    await ask('mutation { setPrice(id: "1", price: 11) { id } }');

    expect((await ask(PRICES)).data).toMatchObject({ goods: [{ price: 11 }, {}, {}] });
  });

  it('is seen though an answer from before it comes later', async () => {
    const { ask } = await openShop(goods);
    let release = (): void => undefined;
    goods.beforeAnswer = () => new Promise((resolve) => (release = resolve));
    const before = ask(PRICES);
    while (String(release) === String(() => undefined)) await new Promise(setImmediate);
    goods.beforeAnswer = async () => undefined;

    await ask('mutation { setPrice(id: "1", price: 11) { id } }');
    release();

    expect((await before).data).toMatchObject({ goods: [{ price: 10 }, {}, {}] });
    expect((await ask(PRICES)).data).toMatchObject({ goods: [{ price: 11 }, {}, {}] });
  });
});

it('never tells a price from before an acknowledged invalidation, in whatever order things happen', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('change' as const), id: fc.constantFrom('1', '2', '3') }),
    fc.record({ kind: fc.constant('ask' as const), id: fc.constantFrom('1', '2', '3', 'all') }),
    fc.record({ kind: fc.constant('release' as const), which: fc.nat(4) }),
    fc.record({
      kind: fc.constant('invalidate' as const),
      by: fc.constantFrom('subgraph', 'type', 'key', 'tag'),
    }),
  );
  const { ask, tell } = await openTold();
  let version = 100;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const held: (() => void)[] = [];
      goods.beforeAnswer = () => new Promise((resolve) => held.push(resolve));
      /** The price of each good that was told to be new, at least. */
      const acknowledged = new Map<string, number>();
      const dirty = new Set<string>();
      const asking: Promise<void>[] = [];
      for (const each of steps) {
        if (each.kind === 'change') {
          goods.prices.set(each.id, (version += 1));
          dirty.add(each.id);
        } else if (each.kind === 'invalidate') {
          for (const id of dirty) await tell(invalidationBy(each.by, id));
          for (const id of dirty) acknowledged.set(id, goods.prices.get(id) ?? 0);
          dirty.clear();
        } else if (each.kind === 'release') {
          held.splice(each.which % Math.max(held.length, 1), 1)[0]?.();
        } else {
          const least = new Map(acknowledged);
          const query = each.id === 'all' ? PRICES : `{ good(id: "${each.id}") { id price } }`;
          asking.push(ask(query).then(({ data }) => expectNoneOlder(data, least)));
        }
        for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
      }
      goods.beforeAnswer = async () => undefined;
      for (const release of held) release();
      await Promise.all(asking);
    }),
    { numRuns: 100 },
  );
});

const invalidationBy = (by: string, id: string): Invalidation => {
  if (by === 'subgraph') return { subgraph: 'prices' };
  if (by === 'type') return { type: 'Good' };
  return by === 'key' ? { type: 'Good', key: { id } } : { tag: 'price-' + id };
};

/** Prices only rise, so an older one is a lower one. */
function expectNoneOlder(data: unknown, least: ReadonlyMap<string, number>): void {
  const { goods: all, good } = data as Record<string, unknown>;
  for (const one of [all ?? good].flat() as ({ id: string; price: number } | null)[]) {
    if (one) expect(one.price).toBeGreaterThanOrEqual(least.get(one.id) ?? 0);
  }
}
