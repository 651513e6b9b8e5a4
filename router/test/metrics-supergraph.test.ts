import { definitions } from './support/hello.ts';
import { Scrape } from './support/scrape.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import { composed } from './support/subgraphs.ts';

const first = composed(definitions);
const other = composed({
  hello: { typeDefs: 'type Query { hello(name: String): String }', resolvers: {} },
});

describe('the metrics of the supergraph', () => {
  let served: ServedRouter;
  let seconds: number;

  beforeEach(async () => {
    seconds = 1_000;
    const clock = { now: () => new Date(seconds * 1_000) };
    served = await serve(definitions, { mode: 'development', clock });
  });

  afterEach(() => served.router.close());

  const reload = (sdl: string) => served.router.reload(sdl).catch(() => undefined);

  async function told() {
    const scrape = await Scrape.of(served.origin);
    return {
      ...scrape.all('router_supergraph_reloads_total'),
      since: scrape.value('router_supergraph_takeover_timestamp_seconds'),
    };
  }

  it('count those that took over, and tell when the last one did', async () => {
    const refused = { '{outcome="refused"}': 0 };
    expect(await told()).toEqual({ ...refused, '{outcome="taken_over"}': 0, since: 1_000 });

    seconds = 2_000.25;
    await reload(other);
    expect(await told()).toEqual({ ...refused, '{outcome="taken_over"}': 1, since: 2_000.25 });

    // The one that is served does not take over from itself.
    seconds = 3_000;
    await reload(other);
    expect(await told()).toEqual({ ...refused, '{outcome="taken_over"}': 1, since: 2_000.25 });

    await reload(first);
    expect(await told()).toEqual({ ...refused, '{outcome="taken_over"}': 2, since: 3_000 });
  });

  it('count those that cannot be served, each once however often it is offered', async () => {
    seconds = 2_000;
    await reload('type Query {');
    await reload('type Query {');
    await reload('type Query [');

    expect(await told()).toEqual({
      '{outcome="refused"}': 2,
      '{outcome="taken_over"}': 0,
      since: 1_000,
    });
  });
});
