import { TestInstance, type Answer } from './support/instance.ts';
import { until } from './support/events.ts';
import { TestClock } from './support/issuer.ts';
import { createRouter, type Router } from '../src/index.ts';
import { composed } from './support/subgraphs.ts';

const QUERY = '{ hello }';
const MUTATION = 'mutation { greet }';
const TYPES = `
  type Query { hello: String }
  type Mutation { greet: String }
  type Ticket { eventId: ID! }
  type Subscription { ticket(after: String): Ticket }`;

let a: TestInstance;
let b: TestInstance;
let router: Router;
let timers: TestClock;

beforeEach(async () => {
  timers = new TestClock();
  [a, b] = await Promise.all([new TestInstance().start(), new TestInstance().start()]);
  router = await createRouter({
    supergraph: composed({ shop: { typeDefs: TYPES, resolvers: {} } }),
    instances: () => [a.url, b.url],
    timers,
    // What is asked here is asked of the instances, each time and at once.
    resilience: { all: { deduplication: false, retries: 0 }, clientDeduplication: false },
  });
});

afterEach(async () => {
  await router.close();
  await Promise.all([a.stop(), b.stop()]);
});

const ask = async (query = QUERY) => {
  const { data, errors } = await router.execute({ query });
  return errors ? errors.map(({ extensions }) => extensions?.['code']) : data;
};
const UNAVAILABLE = ['SUBGRAPH_UNAVAILABLE'];
const HELLO = { hello: 'hello' };
const GREETING = { greet: 'hi' };

const greets: Answer = (_, response) => response.end('{"data":{"greet":"hi"}}');
const resets: Answer = (request) => request.socket.destroy();
const answers =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end('no GraphQL');

const times = (count: number, work: () => Promise<unknown>) =>
  Array.from({ length: count }).reduce<Promise<unknown>>(
    (before) => before.then(() => work()),
    Promise.resolve(),
  );

/** Lets time pass, with what it brings about, until the condition holds. */
async function passUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    timers.advance(0.25);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('requests', () => {
  it('take turns between instances that have equally much to do', async () => {
    await times(10, ask);

    expect([a.asked.length, b.asked.length]).toEqual([5, 5]);
  });

  it('go to the instance that has least to do', async () => {
    const held: (() => void)[] = [];
    a.answer = (_, response) => held.push(() => response.end('{"data":{"hello":"late"}}'));
    const slow = [ask(), ask()];
    await until(() => held.length === 1 && b.asked.length === 1);
    await Promise.race(slow);

    await times(10, ask);

    expect([a.asked.length, b.asked.length]).toEqual([1, 11]);
    held.forEach((release) => release());
    await Promise.all(slow);
  });

  it.each([
    ['queries', QUERY, HELLO],
    ['mutations', MUTATION, GREETING],
  ])('%s that could not be sent go to another instance at once', async (_name, query, answer) => {
    if (query === MUTATION) b.answer = greets;
    await a.stop();

    expect(await Promise.all(Array.from({ length: 20 }, () => ask(query)))).toEqual(
      Array.from({ length: 20 }, () => answer),
    );
    expect(b.asked).toHaveLength(20);
  });

  it('that were refused before any work go to another instance, mutations too', async () => {
    a.answer = answers(503, { 'retry-after': '1' });
    b.answer = greets;

    expect([await ask(MUTATION), await ask(MUTATION)]).toEqual([GREETING, GREETING]);
  });

  it.each<[string, Answer]>([
    ['are reset', resets],
    ['get 502', answers(502)],
    ['get 503', answers(503)],
  ])('that %s go to another instance when they are queries', async (_name, failure) => {
    a.answer = failure;

    expect([await ask(), await ask()]).toEqual([HELLO, HELLO]);
  });

  it.each<[string, Answer]>([
    ['are reset', resets],
    ['get 502', answers(502)],
    ['get 503', answers(503)],
  ])('that %s are never sent twice when they are mutations', async (_name, failure) => {
    a.answer = b.answer = failure;

    expect(await ask(MUTATION)).toEqual(UNAVAILABLE);
    expect(a.asked.length + b.asked.length).toBe(1);
  });
});

describe('an instance', () => {
  it('is taken out after failures in a row, and in again when it answers a probe', async () => {
    a.answer = resets;
    await times(20, ask);
    expect(a.asked).toHaveLength(3);

    timers.advance(60);
    await times(4, ask);
    expect(a.asked).toHaveLength(3);

    a.answer = b.answer;
    await passUntil(async () => {
      await times(2, ask);
      return a.asked.length > 3;
    });
  });

  it('is not taken out by failures that are the request’s own', async () => {
    a.answer = answers(404);
    await times(20, ask);

    expect(a.asked).toHaveLength(10);
  });

  it('is asked in spite of all when there is no other, and told of as unavailable', async () => {
    await Promise.all([a.stop(), b.stop()]);
    expect(await ask()).toEqual(UNAVAILABLE);

    await b.start();
    expect(await ask()).toEqual(HELLO);
  });
});

describe('subscriptions', () => {
  const TICKETS = 'subscription($after: String) { ticket(after: $after) { eventId } }';
  const tickets = (query = TICKETS, variables = {}) => router.subscribe({ query, variables });
  const opened = () => a.subscriptions.length + b.subscriptions.length;
  const event = (eventId: string) => ({ value: { data: { ticket: { eventId } } }, done: false });
  const publish = (instance: TestInstance, eventId: string) =>
    instance.subscriptions.at(-1)?.events.publish({ ticket: { eventId } });

  it('spread over the instances', async () => {
    const all = Array.from({ length: 4 }, (_, one) => tickets(TICKETS, { after: String(one) }));
    const pending = all.map((events) => events.next());
    await until(() => opened() === 4);

    expect([a.subscriptions.length, b.subscriptions.length]).toEqual([2, 2]);
    await Promise.all(all.map((events) => events.return?.()));
    await Promise.all(pending);
  });

  it('go to another instance when the first cannot be reached', async () => {
    await a.stop();
    const events = tickets();
    const first = events.next();
    await until(() => b.subscriptions.length === 1);
    publish(b, '1');

    expect(await first).toEqual(event('1'));
    await events.return?.();
  });

  it('go on at another instance after the last event that was seen', async () => {
    const events = tickets();
    const first = events.next();
    await until(() => opened() === 1);
    const [here, there] = a.subscriptions.length === 1 ? [a, b] : [b, a];
    publish(here, '7');
    expect(await first).toEqual(event('7'));

    const next = events.next();
    await here.stop();
    await until(() => there.subscriptions.length === 1);
    expect(there.subscriptions[0]?.after).toBe('7');
    publish(there, '8');

    expect(await next).toEqual(event('8'));
    await events.return?.();
  });

  it('wait for their subgraph to come back', async () => {
    const events = tickets(TICKETS, { after: '3' });
    const first = events.next();
    await until(() => opened() === 1);
    await Promise.all([a.stop(), b.stop()]);

    await b.start();
    b.subscriptions.length = 0;
    await passUntil(async () => b.subscriptions.length === 1);
    expect(b.subscriptions[0]?.after).toBe('3');
    publish(b, '4');

    expect(await first).toEqual(event('4'));
    await events.return?.();
  });

  it.each([
    ['do not say where they are', 'subscription { ticket { eventId } }', {}],
    [
      'do not tell their events’ ids',
      'subscription($after: String) { ticket(after: $after) { __typename } }',
      {},
    ],
  ])('that %s end with a stable code when they break', async (_name, query, variables) => {
    const events = tickets(query, variables);
    const first = events.next();
    await until(() => opened() === 1);
    publish(a.subscriptions.length === 1 ? a : b, '7');
    await first;

    const last = events.next();
    await Promise.all([a.stop(), b.stop()]);

    expect((await last).value?.errors?.[0]?.extensions?.['code']).toBe('SUBGRAPH_UNAVAILABLE');
    expect((await events.next()).done).toBe(true);
  });
});
