import { Scrape } from '../support/scrape.ts';
import { Goods, openShop } from './shop.ts';

describe('the metrics of the cache', () => {
  it('count a miss, then hits, for each subgraph and part', async () => {
    const goods = new Goods();
    const shop = await openShop(goods, { mode: 'development' });
    const { origin } = new URL((await shop.router.listen(0, '127.0.0.1')).url);
    const parts = async () => (await Scrape.of(origin)).all('router_cache_parts_total');

    await shop.ask('{ goods { price } }');
    expect(await parts()).toEqual({
      '{subgraph="catalogue",result="hit"}': 0,
      '{subgraph="catalogue",result="miss"}': 1,
      '{subgraph="prices",result="hit"}': 0,
      '{subgraph="prices",result="miss"}': 3,
    });

    const { cache } = await shop.ask('{ goods { price } }');
    expect(cache).toEqual({
      catalogue: { hits: 1, misses: 0 },
      prices: { hits: 3, misses: 0 },
    });
    expect(await parts()).toEqual({
      '{subgraph="catalogue",result="hit"}': 1,
      '{subgraph="catalogue",result="miss"}': 1,
      '{subgraph="prices",result="hit"}': 3,
      '{subgraph="prices",result="miss"}': 3,
    });
    // A hit asks no subgraph.
    expect((await Scrape.of(origin)).all('router_subgraph_requests_total')).toEqual({
      '{subgraph="catalogue",outcome="ok"}': 1,
      '{subgraph="prices",outcome="ok"}': 1,
    });

    await shop.ask('mutation { setPrice(id: "1", price: 3) { id } }');
    const name = 'router_cache_invalidations_total';
    expect((await Scrape.of(origin)).value(name)).toBe(1);

    await shop.router.close();
  });
});
