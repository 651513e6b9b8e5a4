import { systemClock } from '../../src/system/clock.ts';
import { Issuer } from '../support/issuer.ts';
import { Goods, openShop } from './shop.ts';

const PRICES = '{ goods { id price } }';

let goods: Goods;

beforeEach(() => {
  goods = new Goods();
});

describe('what subgraphs answer', () => {
  it('is asked for once while it may be kept', async () => {
    const { ask, calls } = await openShop(goods);
    const first = await ask(PRICES);
    expect([calls('catalogue'), calls('prices')]).toEqual([1, 1]);

    const second = await ask(PRICES);

    expect(second.data).toEqual(first.data);
    expect([calls('catalogue'), calls('prices')]).toEqual([0, 0]);
    expect(first.cache).toEqual({
      catalogue: { hits: 0, misses: 1 },
      prices: { hits: 0, misses: 3 },
    });
    expect(second.cache).toEqual({
      catalogue: { hits: 1, misses: 0 },
      prices: { hits: 3, misses: 0 },
    });
  });

  it('is asked for again when its time is over', async () => {
    let nowMs = Date.UTC(2026, 0, 1);
    const { ask, calls } = await openShop(goods, { clock: { now: () => new Date(nowMs) } });
    goods.headers['prices'] = { 'cache-control': 'public, s-maxage=20, max-age=90', age: '5' };
    await ask(PRICES);
    nowMs += 14_999;
    await ask(PRICES);
    expect(calls('prices')).toBe(1);

    nowMs += 1;
    await ask(PRICES);

    expect(calls('prices')).toBe(1);
    expect(calls('catalogue')).toBe(1);
  });

  it('is asked for entity by entity: of those that are known nothing is asked', async () => {
    const { ask, calls, subgraphs } = await openShop(goods);
    await ask('{ good(id: "2") { price } }');
    calls('prices');

    const { data, cache } = await ask(PRICES);

    expect(data).toEqual({
      goods: [
        { id: '1', price: 10 },
        { id: '2', price: 20 },
        { id: '3', price: 30 },
      ],
    });
    expect(cache?.['prices']).toEqual({ hits: 1, misses: 2 });
    const [request] = subgraphs.get('prices').requests;
    expect(Object.values(request?.variables ?? {})).toEqual([
      [expect.objectContaining({ id: '1' }), expect.objectContaining({ id: '3' })],
    ]);
  });

  it('is kept by its variables', async () => {
    const { router } = await openShop(goods);
    const query = 'query ($id: ID!) { good(id: $id) { name } }';
    const nameOf = async (id: string) => (await router.execute({ query, variables: { id } })).data;

    expect(await nameOf('1')).toEqual({ good: { name: 'good 1 at 10' } });
    expect(await nameOf('2')).toEqual({ good: { name: 'good 2 at 20' } });
    expect(await nameOf('9')).toEqual({ good: null });
    expect(await nameOf('1')).toEqual({ good: { name: 'good 1 at 10' } });
  });

  it.each(['no-store', 'public, max-age=0', 'public', 'no-cache, max-age=60', ''])(
    'is not kept when it says "%s"',
    async (header) => {
      const { ask, calls } = await openShop(goods);
      goods.headers['prices'] = { 'cache-control': header };

      await ask(PRICES);
      await ask(PRICES);

      expect(calls('prices')).toBe(2);
    },
  );

  it.each<Record<string, string>>([{ vary: '*' }, { vary: 'User-Agent' }, { 'set-cookie': 'a=b' }])(
    'is not kept with %j',
    async (header) => {
      const { ask, calls } = await openShop(goods);
      goods.headers['prices'] = { 'cache-control': 'public, max-age=60', ...header };

      await ask(PRICES);
      await ask(PRICES);

      expect(calls('prices')).toBe(2);
    },
  );

  it('is not kept where something failed, and the others are', async () => {
    const { ask, calls, subgraphs } = await openShop(goods);
    goods.failing.add('2');
    const first = await ask(PRICES);
    goods.failing.clear();
    calls('prices');

    const second = await ask(PRICES);

    expect(first.errors?.map(({ path }) => path)).toEqual([['goods', 1, 'price']]);
    expect(second.errors).toBeUndefined();
    const [request] = subgraphs.get('prices').requests;
    expect(Object.values(request?.variables ?? {})).toEqual([
      [expect.objectContaining({ id: '2' })],
    ]);
  });

  it('tells of errors at their places, whatever was known of the others', async () => {
    const { ask } = await openShop(goods);
    await ask('{ good(id: "1") { price } }');
    goods.failing.add('3');

    const { data, errors } = await ask(PRICES);

    expect(errors?.map(({ path }) => path)).toEqual([['goods', 2, 'price']]);
    expect(data).toMatchObject({ goods: [{ price: 10 }, { price: 20 }, { price: null }] });
  });

  it('is asked for each time where nothing is cached', async () => {
    const { ask, calls } = await openShop(goods, { mode: 'production' });
    const without = await openShop(goods);
    goods.headers['catalogue'] = {};

    for (const shop of [{ ask, calls }, without]) {
      await shop.ask('{ me }');
      await shop.ask('{ me }');
      expect(shop.calls('catalogue')).toBe(2);
    }
  });
});

describe('what a caller is told', () => {
  const SECRET = 'a-secret-of-at-least-32-characters!!';

  async function openWithCallers(header: string) {
    goods.headers['catalogue'] = { 'cache-control': header };
    const issuer = new Issuer(systemClock);
    const key = await issuer.newKey('k1');
    let tokens = 0;
    const shop = await openShop(goods, { jwt: issuer.jwt, callerSecret: SECRET });
    const ask = async (sub?: string) => {
      const token = sub && (await issuer.token(key, { sub, jti: `token-${(tokens += 1)}` }));
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      return ((await shop.ask('{ me }', headers)).data as { me: string }).me;
    };
    return { ask, calls: () => shop.calls('catalogue') };
  }

  it.each(['max-age=60', 'private, max-age=60', 'private, s-maxage=5, max-age=60'])(
    'is told to nobody else when it says "%s", and to the same by another token',
    async (header) => {
      const { ask, calls } = await openWithCallers(header);

      expect([await ask(), await ask('ann'), await ask('bob')]).toEqual(['visitor', 'ann', 'bob']);
      calls();
      expect([await ask('ann'), await ask('bob')]).toEqual(['ann', 'bob']);
      expect(calls()).toBe(0);
    },
  );

  it('is told to visitors when one of them was told it, unless it is private', async () => {
    const unsaid = await openWithCallers('max-age=60');
    await unsaid.ask();
    await unsaid.ask();
    expect(unsaid.calls()).toBe(1);

    const owned = await openWithCallers('private, max-age=60');
    await owned.ask();
    await owned.ask();
    expect(owned.calls()).toBe(2);
  });

  it('is told to everybody when it is public', async () => {
    const { ask, calls } = await openWithCallers('public, max-age=60');

    expect([await ask('ann'), await ask('bob'), await ask()]).toEqual(['ann', 'ann', 'ann']);
    expect(calls()).toBe(1);
  });

  it('depends on the headers that go to the subgraph, but for those that only name the request', async () => {
    const { ask, calls } = await openShop(goods);

    await ask('{ me }', { 'accept-language': 'de', traceparent: 'a', 'x-forwarded-for': '::1' });
    await ask('{ me }', { 'accept-language': 'de', traceparent: 'b', 'x-forwarded-for': '::2' });
    expect(calls('catalogue')).toBe(1);
    await ask('{ me }', { 'accept-language': 'fr' });
    expect(calls('catalogue')).toBe(1);
  });
});
