import { serve, type ServedRouter } from '../support/serve.ts';
import { Goods } from './shop.ts';

const TOKEN = 'a-token-that-only-the-shop-itself-knows';
const PRICES = { query: '{ goods { id price } }' };

describe('POST /cache/invalidate', () => {
  let open: ServedRouter;
  let goods: Goods;

  beforeAll(async () => {
    goods = new Goods();
    open = await serve(goods.definitions, { cache: { invalidationToken: TOKEN } });
  });

  afterAll(() => open.router.close());

  const invalidate = (body: unknown, token: string | undefined = TOKEN): Promise<Response> =>
    open.fetch('/cache/invalidate', {
      method: 'POST',
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('answers when what it names can be read no more', async () => {
    const response = await invalidate([{ subgraph: 'prices' }, { type: 'Good', key: { id: '1' } }]);

    expect([response.status, await response.json()]).toEqual([200, { invalidated: 2 }]);
    expect((await open.post(PRICES)).status).toBe(200);
  });

  it.each(['', 'wrong', TOKEN + '!'])('refuses the token "%s"', async (token) => {
    const response = await invalidate([{ subgraph: 'prices' }], token);

    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it.each([
    'no JSON',
    {},
    [],
    [{}],
    [{ subgraph: '' }],
    [{ type: 'Good', tag: 'both' }],
    [{ key: { id: '1' } }],
  ])('refuses %j', async (body) => {
    const response = await invalidate(body);

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.any(String) as string });
  });

  it('refuses what is too large', async () => {
    expect((await invalidate('x'.repeat(70_000))).status).toBe(413);
  });

  it('is not there without a token', async () => {
    const without = await serve(goods.definitions, { cache: {} });

    expect((await without.fetch('/cache/invalidate', { method: 'POST' })).status).toBe(404);
    await without.router.close();
  });
});
