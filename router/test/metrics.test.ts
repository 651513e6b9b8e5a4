import { ConfigError } from '@crema/config';
import { readConfig } from '../src/config.ts';
import type { RouterOptions } from '../src/index.ts';
import { metricsOf } from '../src/metrics/metrics-settings.ts';
import { until } from './support/events.ts';
import { HeldCalls } from './support/held-calls.ts';
import { definitions } from './support/hello.ts';
import { TestClock } from './support/issuer.ts';
import { PARTS } from './support/parts.ts';
import { Scrape } from './support/scrape.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import { type SubgraphDefinitions } from './support/subgraphs.ts';

const TOKEN = 'a-token-that-only-the-operators-know';
const open = new Set<ServedRouter['router']>();

afterEach(async () => {
  await Promise.all([...open].map((router) => router.close()));
  open.clear();
});

async function start(
  options: Partial<RouterOptions> = {},
  subgraphs: SubgraphDefinitions = definitions,
) {
  const served = await serve(subgraphs, { mode: 'development', ...options });
  open.add(served.router);
  return { ...served, scrape: () => Scrape.of(served.origin) };
}

/** A router whose one subgraph answers when the test likes, and what tells how long that took. */
async function startHeld(options: Partial<RouterOptions> = {}) {
  const calls = new HeldCalls();
  const time = { seconds: 0 };
  const served = await start({
    transports: () => calls,
    metrics: { monotonic: { seconds: () => time.seconds } },
    ...options,
  });
  const ask = async (end: (call: HeldCalls['underWay'][number]) => void): Promise<void> => {
    const asked = served.post({ query: '{ hello }' });
    await until(() => calls.underWay.length === 1);
    calls.underWay.forEach(end);
    await asked;
  };
  return { ...served, calls, time, ask };
}

const CALLS = 'router_subgraph_requests_total';
const OPERATIONS = 'router_operations_total';

describe('GET /metrics', () => {
  const scrapes = (served: ServedRouter, token: string) =>
    served.fetch('/metrics', { headers: { authorization: `Bearer ${token}` } });

  it("answers in Prometheus' text format, of the process, too", async () => {
    const served = await start({ cache: {} });
    await served.post({ query: '{ hello }' });

    const response = await served.fetch('/metrics');
    const scrape = new Scrape(await response.text());

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(scrape.names.filter((name) => name.startsWith('router_')).sort()).toEqual([
      'router_cache_invalidations_total',
      'router_cache_parts_total',
      'router_http_requests_total',
      'router_operation_duration_seconds',
      'router_operations_total',
      'router_subgraph_circuit_openings_total',
      'router_subgraph_circuit_state',
      'router_subgraph_request_duration_seconds',
      'router_subgraph_requests_total',
      'router_subgraph_subscriptions_live',
      'router_subscriptions_live',
      'router_supergraph_reloads_total',
      'router_supergraph_takeover_timestamp_seconds',
    ]);
    expect(scrape.value('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('is not there in production without a token', async () => {
    const served = await start({ mode: 'production' });

    expect((await served.fetch('/metrics')).status).toBe(404);
  });

  it.each(['production', 'development'] as const)(
    'is there in %s for whoever has the token, and for nobody else',
    async (mode) => {
      const served = await start({ mode, metrics: { token: TOKEN } });

      const refused = await scrapes(served, 'wrong');
      const asked = await scrapes(served, TOKEN);

      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await refused.text()).not.toContain('router_');
      expect((await served.fetch('/metrics')).status).toBe(401);
      expect(asked.status).toBe(200);
      expect(await asked.text()).toContain('router_operations_total');
    },
  );

  it('has a setting for the token, which has to be long', () => {
    const read = (METRICS_TOKEN: string) =>
      metricsOf(readConfig(['--supergraph', 'supergraph.graphql'], { METRICS_TOKEN }));

    expect(read(TOKEN)).toEqual({ token: TOKEN });
    expect(() => read('short')).toThrow(ConfigError);
  });

  it('tells of its own router alone', async () => {
    const [one, other] = [await start(), await start()];
    await one.post({ query: '{ hello }' });

    expect((await other.scrape()).all(OPERATIONS)).toEqual({});
  });
});

describe('requests', () => {
  it('are counted by their kind and by what became of them', async () => {
    const served = await start({ limits: { maxBatch: 2 } });
    await served.post({ query: '{ hello }' });
    await served.post([{ query: '{ hello }' }, { query: '{ coded }' }]);
    await served.post({ query: 'mutation { greet }' });
    await served.post({ query: '{ helo }' });
    await served.post({ query: '{' });
    await served.post('no JSON');
    await served.fetch('/graphql', { method: 'PUT', body: '' });

    const scrape = await served.scrape();

    expect(scrape.all(OPERATIONS)).toEqual({
      '{kind="query",outcome="ok"}': 2,
      '{kind="query",outcome="errors"}': 1,
      '{kind="mutation",outcome="ok"}': 1,
      '{kind="unknown",outcome="GRAPHQL_VALIDATION_FAILED"}': 1,
      '{kind="unknown",outcome="GRAPHQL_PARSE_FAILED"}': 1,
    });
    expect(scrape.all('router_http_requests_total')).toEqual({
      '{method="POST",status="200"}': 5,
      '{method="POST",status="400"}': 1,
      '{method="PUT",status="201"}': 1,
    });
    expect(scrape.all('router_operation_duration_seconds_count')).toEqual({
      '{kind="query"}': 3,
      '{kind="mutation"}': 1,
    });
  });

  it('are counted that come too often', async () => {
    const served = await start({ rates: { perAddress: { count: 1, periodMs: 60_000 } } });
    await served.post({ query: '{ hello }' });
    await served.post({ query: '{ hello }' });

    const name = `${OPERATIONS}{kind="unknown",outcome="RATE_LIMITED"}`;
    expect((await served.scrape()).value(name)).toBe(1);
  });

  it('are counted when time is up, and when their clients do not wait', async () => {
    const clock = new TestClock();
    const served = await startHeld({ clock, timers: clock, requestTimeoutMs: 1_000 });
    await served.ask(() => clock.advance(1));
    const client = new AbortController();
    const body = JSON.stringify({ query: '{ hello }' });
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body, signal: client.signal };
    const asked = served.fetch('/graphql', init).catch(() => 'gone');
    await until(() => served.calls.underWay.length === 1);
    client.abort();
    expect(await asked).toBe('gone');

    let scrape = await served.scrape();
    while (scrape.value('router_http_requests_total{method="POST",status="none"}') !== 1) {
      scrape = await served.scrape();
    }

    expect(scrape.all(OPERATIONS)).toEqual({
      '{kind="query",outcome="REQUEST_TIMEOUT"}': 1,
      '{kind="query",outcome="abandoned"}': 1,
    });
    expect(scrape.all(CALLS)).toEqual({ '{subgraph="hello",outcome="abandoned"}': 2 });
  });

  it('are measured from the question to the answer, of several parts to the last', async () => {
    const calls = { first: new HeldCalls(), later: new HeldCalls() };
    const time = { seconds: 100 };
    const served = await start(
      {
        transports: ({ name }) => calls[name as keyof typeof calls],
        metrics: { monotonic: { seconds: () => time.seconds } },
      },
      {
        first: { typeDefs: 'type Query { first: String }', resolvers: {} },
        later: { typeDefs: 'type Query { later: String }', resolvers: {} },
      },
    );
    const response = served.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: PARTS },
      body: JSON.stringify({ query: '{ first ... @defer { later } }' }),
    });
    await until(() => calls.first.underWay.length === 1);
    time.seconds += 0.25;
    calls.first.underWay[0]?.answer({ data: { first: 'now' } });
    await until(() => calls.later.underWay.length === 1);
    time.seconds += 2;
    calls.later.underWay[0]?.answer({ data: { later: 'then' } });
    expect(await (await response).text()).toContain('"later":"then"');

    const scrape = await served.scrape();

    expect(scrape.all(OPERATIONS)).toEqual({ '{kind="query",outcome="ok"}': 1 });
    const duration = 'router_operation_duration_seconds';
    expect(scrape.value(`${duration}_sum{kind="query"}`)).toBe(2.25);
    expect(scrape.value(`${duration}_bucket{kind="query",le="1"}`)).toBe(0);
    expect(scrape.value(`${duration}_bucket{kind="query",le="2.5"}`)).toBe(1);
  });
});

describe('subgraphs', () => {
  it('are counted by how they answer, and measured', async () => {
    const served = await startHeld();
    await served.ask((call) => call.answer({ data: { hello: 'hi' } }));
    await served.ask((call) => call.answer({ data: null, errors: [{ message: 'no' }] }));
    await served.ask((call) => {
      served.time.seconds += 0.5;
      call.fail(new Error('connect ECONNREFUSED'));
    });

    const scrape = await served.scrape();

    expect(scrape.all(CALLS)).toEqual({
      '{subgraph="hello",outcome="ok"}': 1,
      '{subgraph="hello",outcome="errors"}': 1,
      '{subgraph="hello",outcome="SUBGRAPH_UNAVAILABLE"}': 1,
    });
    expect(scrape.all('router_subgraph_request_duration_seconds_sum')).toEqual({
      '{subgraph="hello"}': 0.5,
    });
    expect(scrape.all(OPERATIONS)).toEqual({
      '{kind="query",outcome="ok"}': 1,
      '{kind="query",outcome="errors"}': 2,
    });
  });

  it('show whether their circuits are open', async () => {
    const clock = new TestClock();
    const served = await startHeld({ clock, timers: clock });
    const circuit = async () => {
      const scrape = await served.scrape();
      const states = scrape.all('router_subgraph_circuit_state');
      const [state] = Object.entries(states).filter(([, value]) => value === 1);
      const openings = scrape.value('router_subgraph_circuit_openings_total{subgraph="hello"}');
      return [state?.[0], openings];
    };
    const is = (state: string) => `{subgraph="hello",state="${state}"}`;
    expect(await circuit()).toEqual([is('closed'), 0]);

    for (let made = 0; made < 10; made += 1) await served.ask((call) => call.fail(new Error('no')));
    expect(await circuit()).toEqual([is('open'), 1]);

    await served.post({ query: '{ hello }' });
    const scrape = await served.scrape();
    expect(scrape.value(`${CALLS}{subgraph="hello",outcome="CIRCUIT_OPEN"}`)).toBe(1);
    // What was not asked has no duration.
    expect(scrape.all('router_subgraph_request_duration_seconds_count')).toEqual({
      '{subgraph="hello"}': 10,
    });

    clock.advance(5);
    await served.ask((call) => call.answer({ data: { hello: 'hi' } }));
    expect(await circuit()).toEqual([is('half_open'), 1]);
    await served.ask((call) => call.answer({ data: { hello: 'hi' } }));
    await served.ask((call) => call.answer({ data: { hello: 'hi' } }));
    expect(await circuit()).toEqual([is('closed'), 1]);
  });
});
