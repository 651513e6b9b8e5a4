import type { RouterOptions } from '../../src/index.ts';
import { Issuer } from '../support/issuer.ts';
import { Goods, openShop } from './shop.ts';

const PRICES = '{ goods { id price } }';

let goods: Goods;
let nowMs: number;
let close: () => Promise<void>;

type Ask = (query: string, headers?: Record<string, string>) => Promise<string | null>;

/** Asks over HTTP; gives the `cache-control` of the answer. */
async function open(options: Partial<RouterOptions> = {}): Promise<Ask> {
  goods = new Goods();
  nowMs = Date.UTC(2026, 0, 1);
  const { router } = await openShop(goods, {
    clock: { now: () => new Date(nowMs) },
    headers: { response: [{ forward: 'cache-control' }] },
    ...options,
  });
  close = () => router.close();
  const { port } = await router.listen(0, '127.0.0.1');
  return async (query, sent = {}) => {
    const body = JSON.stringify({ query });
    const headers = { 'content-type': 'application/json', ...sent };
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

  it.each([
    ['a cookie', { cookie: 'session=1' }],
    ['a token that nobody looks at', { authorization: 'Bearer abc' }],
  ])('is private for who sends %s, though all parts are public', async (_name, credentials) => {
    const ask = await open();

    expect(await ask(PRICES, credentials)).toBe('max-age=60, private');
    expect(await ask(PRICES)).toBe('max-age=60, public');
    expect(await ask(PRICES, credentials)).toBe('max-age=60, private');
  });

  it('is private for who is signed in, and stays nothing where it is', async () => {
    const issuer = new Issuer({ now: () => new Date(nowMs) });
    const ask = await open({ jwt: issuer.jwt });
    const authorization = `Bearer ${await issuer.token(await issuer.newKey('k1'))}`;

    expect(await ask(PRICES, { authorization })).toBe('max-age=60, private');
    goods.headers['prices'] = { 'cache-control': 'no-store' };
    expect(await ask('{ dearest { id } }', { authorization })).toBe('no-store');
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

  it.each(['crema', 'gateway'] as const)(
    'is nothing when there are errors of ours, with the engine %s',
    async (engine) => {
      const ask = await open({ engine });

      expect(await ask('{ goods { id } }')).toBe('max-age=60, public');
      expect(await ask('{ goods { id } secret }')).toBe('no-store');
    },
  );

  it('is nothing when there are errors', async () => {
    const ask = await open();
    goods.failing.add('2');

    expect(await ask(PRICES)).toBe('no-store');
  });
});
