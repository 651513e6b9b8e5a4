import { request } from 'node:http';
import { HeldCalls, outcomeOf, settled, type HeldCall } from '../support/held-calls.ts';
import { until } from '../support/events.ts';
import { Issuer, TestClock } from '../support/issuer.ts';
import { serve, type ServedRouter } from '../support/serve.ts';
import type { RouterOptions, SubgraphResponse } from '../../src/index.ts';

const definitions = {
  shop: {
    typeDefs: 'type Query { hello(name: String): String } type Mutation { greet: String }',
    resolvers: {},
  },
};
const HELLO = '{ hello }';
const ANSWER: SubgraphResponse = { data: { hello: 'hello' } };

let calls: HeldCalls;
let served: ServedRouter;

async function start(options: Partial<RouterOptions> = {}): Promise<void> {
  calls = new HeldCalls();
  served = await serve(definitions, { transports: () => calls, ...options });
}

afterEach(() => served.router.close());

/** Ends what is under way until all have their answers. */
async function answerAll<T>(asked: readonly Promise<T>[], end: (call: HeldCall) => void) {
  const all = Promise.all(asked);
  const outcome = outcomeOf(all);
  while (outcome.current === 'waiting') {
    [...calls.underWay].forEach(end);
    await settled();
  }
  return all;
}
const answer = (call: HeldCall): void => call.answer(ANSWER);

const ask = (headers: Record<string, string> = {}, query = HELLO) =>
  served.router.execute({ query, headers });

it('executes equal queries of clients that come at the same time once', async () => {
  await start({ resilience: { all: { deduplication: false } } });
  const asked = [ask(), ask(), ask()];
  await settled();

  expect(calls.made).toBe(1);
  expect(await answerAll(asked, answer)).toEqual(
    asked.map(() => ({ data: { hello: 'hello' }, cookies: [] })),
  );
});

it('executes each by itself when it is told to', async () => {
  await start({ resilience: { all: { deduplication: false }, clientDeduplication: false } });
  const asked = [ask(), ask()];
  await settled();

  expect(calls.made).toBe(2);
  await answerAll(asked, answer);
});

it('never joins mutations, other headers or other variables', async () => {
  await start();
  const variable = 'query ($name: String) { hello(name: $name) }';
  const named = (name: string) => served.router.execute({ query: variable, variables: { name } });
  const mutation = 'mutation { greet }';
  const asked = [
    ...[ask({ cookie: 'a' }), ask({ cookie: 'b' }), ask({}, mutation), ask({}, mutation)],
    ...[named('Ada'), named('Eve')],
  ];
  await settled();

  expect(calls.made).toBe(6);
  await answerAll(asked, answer);
});

it('never joins two users, whatever they ask', async () => {
  const clock = new TestClock();
  const issuer = new Issuer(clock);
  const key = await issuer.newKey('k1');
  await start({ jwt: issuer.jwt, callerSecret: 'a secret of thirty-two characters', clock });
  const bearer = async (sub: string) => ({
    authorization: `Bearer ${await issuer.token(key, { sub })}`,
  });
  const [ada, eve] = [await bearer('ada'), await bearer('eve')];
  await answerAll([ask(ada), ask(eve)], answer);
  const before = calls.made;

  const asked = [ask(ada), ask(eve), ask(ada)];
  await settled();

  expect(calls.made - before).toBe(2);
  await answerAll(asked, answer);
});

it('joins nobody to a query from before a mutation', async () => {
  await start();
  const before = ask();
  const mutated = ask({}, 'mutation { greet }');
  await settled();
  calls.underWay[1]?.answer({ data: { greet: 'hi' } });
  await mutated;

  const after = ask();
  await settled();

  expect(calls.made).toBe(3);
  calls.underWay[1]?.answer({ data: { hello: 'new' } });
  expect((await after).data).toEqual({ hello: 'new' });
  await answerAll([before], answer);
});

it('gives cookies to one client and lets the others ask for themselves', async () => {
  await start();
  const asked = [served.post({ query: HELLO }), served.post({ query: HELLO })];
  let number = 0;

  const answers = await answerAll(asked, (call) => {
    number += 1;
    call.answer({ ...ANSWER, headers: { 'set-cookie': [`n=${number}`] } });
  });

  const cookies = answers.map(({ headers }) => headers.getSetCookie());
  expect(cookies.flat().sort()).toEqual(['n=1', 'n=2']);
  expect(cookies.map(({ length }) => length)).toEqual([1, 1]);
});

it('tells each client the id of its own request', async () => {
  await start();
  const asked = ['one', 'two'].map((id) => served.post({ query: HELLO }, { 'x-request-id': id }));

  const answers = await answerAll(asked, answer);

  expect(answers.map(({ headers }) => headers.get('x-request-id'))).toEqual(['one', 'two']);
});

describe('clients that leave', () => {
  const client = () => {
    const headers = { 'content-type': 'application/json' };
    const asking = request(served.url, { method: 'POST', headers });
    asking.on('error', () => undefined);
    asking.end(JSON.stringify({ query: HELLO }));
    return asking;
  };

  it('take nothing from those that stay', async () => {
    await start();
    const leaving = client();
    await until(() => calls.underWay.length === 1);
    const [call] = calls.underWay;
    const staying = ask({ 'x-forwarded-for': '127.0.0.1' });
    await settled();

    const closed = new Promise((resolve) => leaving.once('close', resolve));
    leaving.destroy();
    await closed;
    const later = await served.post({ query: '{ __typename }' });

    expect(later.body).toEqual({ data: { __typename: 'Query' } });
    expect([calls.made, call?.request.signal?.aborted]).toEqual([1, false]);
    calls.underWay.forEach(answer);
    expect((await staying).data).toEqual({ hello: 'hello' });
  });

  it('leave nothing behind when they were the last', async () => {
    await start();
    const leaving = [client(), client()];
    await until(() => calls.underWay.length === 1);

    leaving.forEach((one) => one.destroy());

    await until(() => calls.underWay.length === 0);
  });
});

it('tells caches of an answer what the credentials of each client allow, also of headers that are ignored', async () => {
  let arrived = 0;
  await start({
    resilience: { deduplicationIgnores: ['cookie'] },
    headers: { response: [{ forward: 'cache-control' }] },
    hooks: { onRequest: () => void (arrived += 1) },
  });
  const asked = [
    served.post({ query: HELLO }),
    served.post({ query: HELLO }, { cookie: 'session=1' }),
  ];
  await until(() => arrived === 2);
  await settled();
  const headers = { 'cache-control': 'max-age=60, public' };
  const answers = await answerAll(asked, (call) => call.answer({ ...ANSWER, headers }));

  const told = answers.map((one) => one.headers.get('cache-control'));
  expect(told).toEqual(['max-age=60, public', 'max-age=60, private']);
});
