import type { HeaderRulesGiven } from '../src/rules/header-rules.ts';
import type { RouterOptions, SubgraphResponse } from '../src/index.ts';
import { serve, type ServedRouter } from './support/serve.ts';

const subgraphs = {
  menu: { typeDefs: 'type Query { menu: String }', resolvers: {} },
  orders: { typeDefs: 'type Query { orders: String }', resolvers: {} },
};

type Told = Record<'menu' | 'orders', SubgraphResponse['headers']>;

const PUBLIC = { 'cache-control': 'public, max-age=60' };
const KEPT = 'max-age=60, public';

describe.each<[string, Partial<RouterOptions>]>([
  ['the engine crema', { engine: 'crema' }],
  ['the engine gateway', { engine: 'gateway' }],
  ['a cache', { cache: {} }],
])('what caches are told of an answer, with %s', (_name, options) => {
  let served: ServedRouter;

  afterEach(() => served.router.close());

  /** A router whose subgraphs answer with these headers. */
  async function start(
    told: Partial<Told>,
    headers: HeaderRulesGiven = { response: [{ forward: 'cache-control' }] },
  ): Promise<void> {
    served = await serve(subgraphs, {
      headers,
      clock: { now: () => new Date(0) },
      transports: ({ name }) => ({
        execute: async () => ({
          data: { [name]: 'here' },
          headers: told[name as keyof Told] ?? PUBLIC,
        }),
        async *subscribe() {},
      }),
      ...options,
    });
  }

  const ask = async () => {
    const { body, headers } = await served.post({ query: '{ menu orders }' });
    expect(body).toMatchObject({ data: { menu: 'here', orders: 'here' } });
    return {
      cacheControl: headers.get('cache-control'),
      vary: headers.get('vary')?.split(', ').sort(),
      cookies: headers.getSetCookie(),
    };
  };

  it('is what each of its parts varies by, and the router itself', async () => {
    await start({
      menu: { ...PUBLIC, vary: 'Accept-Language, X-Tenant' },
      orders: { ...PUBLIC, vary: ['x-tenant', 'x-lane'] },
    });
    const expected = {
      cacheControl: KEPT,
      vary: ['accept', 'accept-language', 'origin', 'x-lane', 'x-tenant'],
      cookies: [],
    };

    expect(await ask()).toEqual(expected);
    // The second time a cache knows them.
    expect(await ask()).toEqual(expected);
  });

  it('is what varies for a subgraph that no rule forwards of', async () => {
    await start(
      { orders: { vary: 'x-lane' } },
      { response: [{ forward: 'cache-control', subgraphs: ['menu'] }] },
    );

    expect(await ask()).toMatchObject({ cacheControl: KEPT, vary: ['accept', 'origin', 'x-lane'] });
  });

  it('names the headers of clients that rules make those of subgraphs of', async () => {
    await start(
      { menu: { ...PUBLIC, vary: 'x-shop' }, orders: { ...PUBLIC, vary: 'x-user' } },
      {
        request: [
          { forward: 'x-tenant', as: 'x-shop', subgraphs: ['menu'] },
          { insert: 'x-user', claim: 'sub' },
        ],
        response: [{ forward: 'cache-control' }],
      },
    );

    expect((await ask()).vary).toEqual(expect.arrayContaining(['authorization', 'x-tenant']));
  });

  it('names the token that says who asks', async () => {
    await start({ menu: { ...PUBLIC, vary: 'X-Router-Caller' } });

    expect((await ask()).vary).toContain('authorization');
  });

  it.each(['*', 'X-Forwarded-For'])('is not to keep it when it varies by %s', async (vary) => {
    await start({ menu: { ...PUBLIC, vary } });

    expect((await ask()).cacheControl).toBe('no-store');
    expect((await ask()).cacheControl).toBe('no-store');
  });

  it('is that it is for one when it brings a cookie', async () => {
    await start({ menu: { ...PUBLIC, 'set-cookie': ['basket=1'] } });
    const expected = { cacheControl: 'max-age=60, private', cookies: ['basket=1'] };

    expect(await ask()).toMatchObject(expected);
    expect(await ask()).toMatchObject(expected);
  });
});
