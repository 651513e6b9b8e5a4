import { Goods, openShop } from './shop.ts';

const PRICES = '{ goods { id price } }';

let goods: Goods;
let nowMs: number;
let close: () => Promise<void>;

/** Asks over HTTP; gives the `cache-control` of the answer. */
async function open(): Promise<(query: string) => Promise<string | null>> {
  goods = new Goods();
  nowMs = Date.UTC(2026, 0, 1);
  const { router } = await openShop(goods, {
    clock: { now: () => new Date(nowMs) },
    headers: { response: [{ forward: 'cache-control' }] },
  });
  close = () => router.close();
  const { port } = await router.listen(0, '127.0.0.1');
  return async (query) => {
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json' };
    const url = `http://127.0.0.1:${port}/graphql`;
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    return response.headers.get('cache-control');
  };
}

afterEach(() => close());

describe('what clients may keep', () => {
  it('lives as long as what is left of what is kept here', async () => {
    const ask = await open();
    expect(await ask(PRICES)).toBe('max-age=60, public');

    nowMs += 10_500;

    expect(await ask(PRICES)).toBe('max-age=49, public');
  });

  it('lives as long as the shortest-lived of its parts, of one subgraph and of all', async () => {
    const ask = await open();
    await ask('{ good(id: "2") { price } }');
    nowMs += 20_000;
    expect(await ask(PRICES)).toBe('max-age=40, public');

    goods.headers['catalogue'] = { 'cache-control': 'public, max-age=30', age: '12' };
    expect(await ask('{ goods { name price } }')).toBe('max-age=18, public');
  });

  it('is private when one of its parts is, also when that was kept', async () => {
    const ask = await open();
    goods.headers['prices'] = { 'cache-control': 'max-age=60' };

    expect(await ask(PRICES)).toBe('max-age=60, private');
    expect(await ask(PRICES)).toBe('max-age=60, private');
  });

  it.each<Record<string, string>>([
    { 'cache-control': 'no-store' },
    {},
    { 'cache-control': 'max-age=5', age: '9' },
  ])(
    'is nothing when one of its parts says %j, whatever is known of the others',
    async (headers) => {
      const ask = await open();
      await ask('{ good(id: "2") { price } }');
      goods.headers['prices'] = headers;

      expect(await ask(PRICES)).toBe('no-store');
    },
  );

  it('is nothing when there are errors', async () => {
    const ask = await open();
    goods.failing.add('2');

    expect(await ask(PRICES)).toBe('no-store');
  });
});
