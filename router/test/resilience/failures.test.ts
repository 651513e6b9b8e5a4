import { createRouter, type Router, type RouterOptions } from '../../src/index.ts';
import { asking, HeldCalls, outcomeOf, settled } from '../support/held-calls.ts';
import { until } from '../support/events.ts';
import { TestInstance } from '../support/instance.ts';
import { TestClock } from '../support/issuer.ts';
import { composed } from '../support/subgraphs.ts';

const supergraph = composed({
  slow: { typeDefs: 'type Query { hello: String }', resolvers: {} },
  well: { typeDefs: 'type Query { fine: String }', resolvers: {} },
});

let clock: TestClock;
let slow: HeldCalls;
let router: Router;
let lines: unknown[];

async function start(resilience: RouterOptions['resilience'] = {}): Promise<void> {
  clock = new TestClock();
  slow = new HeldCalls();
  lines = [];
  const log = (fields: object, message: string): void => {
    if (message.includes('circuit')) lines.push([message.split(':')[0], fields]);
  };
  router = await createRouter({
    supergraph,
    clock,
    timers: clock,
    resilience: { clientDeduplication: false, ...resilience },
    logger: { debug: log, info: log, warn: log, error: log },
    transports: ({ name }) =>
      name === 'slow'
        ? slow
        : { execute: async () => ({ data: { fine: 'fine' } }), subscribe: () => slow.subscribe() },
  });
}

afterEach(() => router.close());

const both = () => router.execute({ query: '{ hello fine }' });
const failed = (predicate: string, extensions: object) => ({
  data: { hello: null, fine: 'fine' },
  errors: [
    {
      message: `The subgraph "slow" ${predicate}`,
      path: ['hello'],
      extensions: { ...extensions, subgraph: 'slow' },
    },
  ],
  cookies: [],
});

it('gives a call up when its time is over, and answers with what others told', async () => {
  await start({ all: { timeoutMs: 60_000 }, subgraphs: { slow: { timeoutMs: 2_000 } } });
  const asked = both();
  await until(() => slow.underWay.length === 1);

  clock.advance(2);

  expect(await asked).toEqual(failed('did not answer in time', { code: 'SUBGRAPH_TIMEOUT' }));
  expect(slow.underWay).toHaveLength(0);
});

it('refuses calls when too many are under way and wait', async () => {
  await start({ all: { maxConcurrent: 1, maxWaiting: 1, deduplication: false } });
  const taken = [both(), both()];
  await until(() => slow.underWay.length === 1);

  expect(await both()).toEqual(failed('has too much to do', { code: 'SUBGRAPH_OVERLOADED' }));

  for (const one of taken) {
    await until(() => slow.underWay.length === 1);
    slow.underWay[0]?.answer({ data: { hello: 'late' } });
    await Promise.race([one, settled()]);
  }
  expect(await Promise.all(taken)).toEqual(
    taken.map(() => ({ data: { hello: 'late', fine: 'fine' }, cookies: [] })),
  );
});

it('makes no calls while a circuit is open, tries again, and tells of each change once', async () => {
  await start();
  const times = async (count: number, end: (call: HeldCalls['underWay'][number]) => void) => {
    for (let made = 0; made < count; made += 1) {
      const asked = both();
      await until(() => slow.underWay.length === 1);
      slow.underWay.forEach(end);
      await asked;
    }
  };
  await times(10, (call) => call.fail(new Error('no')));

  const refusal = failed('is unavailable', {
    code: 'SUBGRAPH_UNAVAILABLE',
    reason: 'CIRCUIT_OPEN',
  });
  expect([await both(), await both()]).toEqual([refusal, refusal]);
  expect(slow.made).toBe(10);

  clock.advance(5);
  await times(3, (call) => call.answer({ data: { hello: 'back' } }));
  await times(1, (call) => call.answer({ data: { hello: 'back' } }));

  expect(lines).toEqual([
    ['A circuit opens', { subgraph: 'slow' }],
    ['A circuit is half open', { subgraph: 'slow' }],
    ['A circuit closes', { subgraph: 'slow' }],
  ]);
});

it.each([
  ['shared', true],
  ['not shared', false],
])(
  'opens the circuit of a subgraph that is too slow, calls being %s',
  async (_name, deduplication) => {
    await start({ all: { deduplication, timeoutMs: 1_000 } });
    for (let made = 0; made < 10; made += 1) {
      const asked = both();
      await until(() => slow.underWay.length === 1);
      clock.advance(1);
      await asked;
    }

    expect((await both()).errors?.[0]?.extensions?.['reason']).toBe('CIRCUIT_OPEN');
  },
);

it('takes no client that leaves for a failure of the subgraph', async () => {
  await start();
  const { url } = await router.listen(0, '127.0.0.1');
  for (let left = 0; left < 12; left += 1) {
    const controller = new AbortController();
    const gone = outcomeOf(
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ hello }"}',
        signal: controller.signal,
      }),
    );
    await until(() => slow.underWay.length === 1);
    controller.abort();
    await until(() => slow.underWay.length === 0 && gone.current !== 'waiting');
  }

  void both();
  await until(() => slow.underWay.length === 1);

  expect(lines).toEqual([]);
  slow.underWay[0]?.answer({ data: { hello: 'hello' } });
});

it('takes an instance out that does not answer in time', async () => {
  await start();
  await router.close();
  const [silent, well] = await Promise.all([
    new TestInstance().start(),
    new TestInstance().start(),
  ]);
  silent.answer = () => undefined;
  router = await createRouter({
    supergraph: composed({ slow: { typeDefs: 'type Query { hello: String }', resolvers: {} } }),
    instances: () => [silent.url, well.url],
    clock,
    timers: clock,
    resilience: { all: { deduplication: false, timeoutMs: 1_000 }, clientDeduplication: false },
  });
  for (let timeouts = 0; timeouts < 3;) {
    const before = silent.asked.length;
    const asked = router.execute({ query: asking().query });
    const outcome = outcomeOf(asked);
    await until(() => silent.asked.length > before || outcome.current !== 'waiting');
    if (silent.asked.length === before) continue;
    clock.advance(1);
    expect((await asked).errors?.[0]?.extensions?.['code']).toBe('SUBGRAPH_TIMEOUT');
    timeouts += 1;
  }

  const answers = await Promise.all(
    Array.from({ length: 6 }, () => router.execute({ query: asking().query })),
  );

  expect(answers.map(({ data }) => data)).toEqual(answers.map(() => ({ hello: 'hello' })));
  expect(silent.asked).toHaveLength(3);
  await router.close();
  await Promise.all([silent.stop(), well.stop()]);
});
