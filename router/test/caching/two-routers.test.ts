import { requirement } from '@crema/check';
import { hasRedisServer, RedisServer } from '../../../subgraphs/kit/test/redis-server.ts';
import type { InvalidationEvents, RouterOptions } from '../../src/index.ts';
import { until } from '../support/events.ts';
import { Goods, openShop } from './shop.ts';

const PRICES = '{ goods { id price } }';

requirement('services', hasRedisServer)('two routers and one Redis', () => {
  let server: RedisServer;
  let goods: Goods;
  let tell: Parameters<InvalidationEvents['listen']>[0];
  const open: Awaited<ReturnType<typeof openShop>>[] = [];

  const events: InvalidationEvents = {
    listen: async (invalidate) => {
      tell = invalidate;
      return async () => undefined;
    },
  };

  const router = async (options: Partial<RouterOptions> = {}) => {
    // So that a busy machine is not taken for a server that is away.
    const redis = { url: server.url, callMs: 20_000 };
    const shop = await openShop(goods, { redis, ...options });
    open.push(shop);
    return shop;
  };

  beforeEach(async () => {
    goods = new Goods();
    server = await RedisServer.start();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.router.close()));
    await server.end();
  });

  it('know what either was told, until either hears that it is old', async () => {
    const [one, other] = [await router(), await router({ cache: { isTold: true, events } })];
    await one.ask(PRICES);
    // Asked on the same connection, so what was stored is there.
    expect((await one.ask(PRICES)).cache?.['prices']).toEqual({ hits: 3, misses: 0 });
    expect((await other.ask(PRICES)).cache?.['prices']).toEqual({ hits: 3, misses: 0 });
    goods.prices.set('2', 99);

    await tell([{ type: 'Good', key: { id: '2' } }]);

    const { data, cache } = await one.ask(PRICES);
    expect(data).toMatchObject({ goods: [{ price: 10 }, { price: 99 }, { price: 30 }] });
    expect(cache?.['prices']).toEqual({ hits: 2, misses: 1 });
  });

  it('keep nothing that one of them asked for before the other invalidated it', async () => {
    const [one, other] = [await router(), await router({ cache: { isTold: true, events } })];
    const held: (() => void)[] = [];
    goods.beforeAnswer = () => new Promise((resolve) => held.push(resolve));
    const before = one.ask(PRICES);
    await until(() => held.length > 0);
    goods.beforeAnswer = async () => undefined;
    goods.prices.set('1', 77);

    await tell([{ subgraph: 'prices' }]);
    held.forEach((release) => release());
    await before;

    expect((await one.ask(PRICES)).data).toMatchObject({ goods: [{ price: 77 }, {}, {}] });
    expect((await other.ask(PRICES)).data).toMatchObject({ goods: [{ price: 77 }, {}, {}] });
  });

  it('go on without it, asking each time, and say that they could not invalidate', async () => {
    const one = await router({ cache: { isTold: true, events } });
    await one.ask(PRICES);
    await server.stop();

    goods.prices.set('1', 55);
    expect((await one.ask(PRICES)).data).toMatchObject({ goods: [{ price: 55 }, {}, {}] });
    await expect(tell([{ subgraph: 'prices' }])).rejects.toThrow('nothing was invalidated');
  });
});
