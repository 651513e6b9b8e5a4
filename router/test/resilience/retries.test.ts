import { RetryBudget } from '../../src/resilience/retry-budget.ts';
import { RetryingTransport } from '../../src/resilience/retrying-transport.ts';
import { NotGraphQLError } from '../../src/transport/out/failures.ts';
import type { SubgraphResponse } from '../../src/index.ts';
import { asking, HeldCalls, outcomeOf, settled } from '../support/held-calls.ts';
import { TestClock } from '../support/issuer.ts';

const HELLO: SubgraphResponse = { data: { hello: 'hello' } };
const broken = (code = 'ECONNRESET') => Object.assign(new Error('broken'), { code });

let clock: TestClock;
let calls: HeldCalls;
let transport: RetryingTransport;

const retrying = (retriesPerSecond = 5) =>
  new RetryingTransport(calls, {
    retries: 2,
    budget: new RetryBudget({ retryPercent: 0, retriesPerSecond }, clock),
    timers: clock,
    random: { next: () => 0.5 },
  });

beforeEach(() => {
  clock = new TestClock();
  calls = new HeldCalls();
  transport = retrying();
});

async function fail(reason: unknown = broken()): Promise<void> {
  calls.underWay[0]?.fail(reason);
  await settled();
}

async function pass(seconds: number): Promise<void> {
  clock.advance(seconds);
  await settled();
}

it('asks again after a pause that doubles, twice', async () => {
  const asked = outcomeOf(transport.execute(asking()));
  await fail();
  await pass(0.04);
  expect(calls.made).toBe(1);
  await pass(0.01);
  expect(calls.made).toBe(2);
  await fail();
  await pass(0.09);
  expect(calls.made).toBe(2);
  await pass(0.01);
  expect(calls.made).toBe(3);

  await fail(broken('ECONNREFUSED'));

  expect(asked.current).toEqual(broken('ECONNREFUSED'));
});

it('answers with what a repetition brought', async () => {
  const asked = transport.execute(asking());
  await fail();
  await pass(1);
  calls.underWay[0]?.answer(HELLO);

  expect(await asked).toEqual(HELLO);
});

it.each([
  ['502', new NotGraphQLError(502, undefined)],
  ['503', new NotGraphQLError(503, undefined)],
  ['504', new NotGraphQLError(504, undefined)],
  ['retry-after', new NotGraphQLError(429, 1_000)],
  ['no connection', broken('ECONNREFUSED')],
])('asks again after %s', async (_name, reason) => {
  void outcomeOf(transport.execute(asking()));
  await fail(reason);
  await pass(1.1);

  expect(calls.made).toBe(2);
});

it('waits as long as it is told to', async () => {
  void outcomeOf(transport.execute(asking()));
  await fail(new NotGraphQLError(503, 1_000));
  await pass(1);
  expect(calls.made).toBe(1);
  await pass(0.05);

  expect(calls.made).toBe(2);
});

it.each([
  ['a mutation', 'mutation { pay }', broken()],
  ['a mutation that could not be sent', 'mutation { pay }', broken('ECONNREFUSED')],
  ['what was refused', 'query { hello }', new NotGraphQLError(404, undefined)],
  ['what is not GraphQL', 'query { hello }', new NotGraphQLError(200, undefined)],
  ['what would have to wait too long', 'query { hello }', new NotGraphQLError(503, 60_000)],
])('never repeats %s', async (_name, query, reason) => {
  const asked = outcomeOf(transport.execute(asking({ query })));
  await fail(reason);

  expect(asked.current).toBe(reason);
});

it('repeats nothing once its budget is used up', async () => {
  transport = retrying(0.1);
  const all = [1, 2].map(() => outcomeOf(transport.execute(asking())));
  await fail();
  await fail();

  expect(all.map(({ current }) => current)).toEqual(['waiting', broken()]);
});

it('gives up while it waits to ask again', async () => {
  const controller = new AbortController();
  const asked = outcomeOf(transport.execute(asking({ signal: controller.signal })));
  await fail();
  controller.abort(new Error('left'));
  await pass(10);

  expect(asked.current).toEqual(new Error('left'));
  expect(calls.made).toBe(1);
});
