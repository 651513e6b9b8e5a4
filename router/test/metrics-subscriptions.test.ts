import { until } from './support/events.ts';
import { held, liveOrders } from './support/live-orders.ts';
import { Scrape } from './support/scrape.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import { connectTo, subscribeTo } from './support/socket.ts';
import { composed } from './support/subgraphs.ts';

describe('the metrics of subscriptions', () => {
  const CHANGED = 'subscription { changed { id } }';
  const LIVE = 'router_subscriptions_live';

  let served: ServedRouter;

  beforeEach(async () => {
    held.sources = [];
    served = await serve(liveOrders, { mode: 'development' });
  });

  afterEach(async () => {
    await served.router.close();
  });

  it('are counted while clients follow them, and when they end', async () => {
    const live = async () => (await Scrape.of(served.origin)).value(LIVE);
    expect(await live()).toBe(0);

    const client = await connectTo(served.url, {});
    await client.until('connection_ack');
    client.send(subscribeTo(CHANGED, 'one'));
    client.send(subscribeTo(CHANGED, 'other'));
    const events = served.router.subscribe({ query: CHANGED });
    const next = events.next();
    await until(() => held.sources.length === 1);
    while ((await live()) !== 3);

    held.sources[0]?.publish({ changed: { id: '1', at: 1 } });
    await next;
    await events.return?.();
    expect(await live()).toBe(2);

    client.send({ id: 'one', type: 'complete' });
    while ((await live()) !== 1);
    client.socket.terminate();
    while ((await live()) !== 0);
    expect((await Scrape.of(served.origin)).all('router_operations_total')).toEqual({
      '{kind="subscription",outcome="ok"}': 3,
    });
  });

  it('are counted at the subgraph while they are live there, however many clients share one', async () => {
    const live = async () =>
      (await Scrape.of(served.origin)).value('router_subgraph_subscriptions_live');
    expect(await live()).toBe(0);

    const queries = [CHANGED, CHANGED, 'subscription { changed { at } }'];
    const clients = queries.map((query) => served.router.subscribe({ query }));
    const events = clients.map((client) => client.next());
    await until(() => held.sources.length === 2);
    expect(await live()).toBe(2);

    held.sources.forEach((source) => source.publish({ changed: { id: '1', at: 1 } }));
    await Promise.all(events);
    await clients[0]?.return?.();
    expect(await live()).toBe(2);
    await clients[1]?.return?.();
    expect(await live()).toBe(1);

    await held.sources[1]?.return();
    await clients[2]?.next();
    expect(await live()).toBe(0);
  });

  it('are counted by the error that ended them, or kept them from beginning', async () => {
    const first = served.router.subscribe({ query: CHANGED }).next();
    await until(() => held.sources.length === 1);
    expect((await Scrape.of(served.origin)).value(LIVE)).toBe(1);
    const typeDefs = liveOrders['orders']?.typeDefs.replace('changed: Order!', '') ?? '';
    const without = { ...liveOrders, orders: { typeDefs, resolvers: {} } };
    await served.router.reload(composed(without));
    await first;

    await served.router.subscribe({ query: 'subscription { secret }' }).next();

    const scrape = await Scrape.of(served.origin);
    expect(scrape.value(LIVE)).toBe(0);
    expect(scrape.all('router_operations_total')).toEqual({
      '{kind="subscription",outcome="SUBSCRIPTION_GONE"}': 1,
      '{kind="subscription",outcome="UNAUTHENTICATED"}': 1,
    });
  });
});
