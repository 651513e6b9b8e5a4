import { createRouter, type Router } from '../src/index.ts';
import { SubscriptionLostError } from '../src/transport/subgraph-transport.ts';
import { until } from './support/events.ts';
import { TestClock } from './support/issuer.ts';
import { connectTo, subscribeTo } from './support/socket.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './support/subgraphs.ts';
import { Taken, ticketSubgraphs } from './support/tickets.ts';

const QUERY = 'subscription ($after: String) { board(after: $after) { eventId owner } }';

let taken: Taken;
let definitions: ReturnType<typeof ticketSubgraphs>;
let subgraphs: ReturnType<typeof localSubgraphs>;
let router: Router;
let clock: TestClock;
/** Breaks the connections of all subscriptions that are open. */
let cut: () => void;

beforeEach(async () => {
  taken = new Taken();
  definitions = ticketSubgraphs(taken);
  subgraphs = localSubgraphs(definitions);
  clock = new TestClock();
  cut = () => {};
  router = await createRouter({
    supergraph: composed(definitions),
    transports: ({ name }) => {
      const local = subgraphs.get(name);
      return {
        execute: (request) => local.execute(request),
        async *subscribe(request) {
          const breaking = new AbortController();
          const stop = (): void => breaking.abort();
          if (local.isDown) throw new SubscriptionLostError('Down', false);
          request.signal?.addEventListener('abort', stop);
          let isCut = false;
          cut = () => {
            isCut = true;
            stop();
          };
          try {
            yield* local.subscribe({ ...request, signal: breaking.signal });
          } finally {
            request.signal?.removeEventListener('abort', stop);
          }
          if (isCut) throw new SubscriptionLostError('Cut', true);
        },
      };
    },
    clock,
    timers: clock,
  });
});

afterEach(() => router.close());

function follow(query = QUERY) {
  const events = router.subscribe({ query });
  const told: unknown[] = [];
  const ended = (async () => {
    for await (const { data, errors } of events) told.push(errors?.[0]?.extensions ?? data);
  })();
  return { told, ended };
}

const board = (eventId: string, owner = 'Ada') => ({ board: { eventId, owner } });

/** The same subgraphs with one type definition changed. */
const changed = (name: keyof typeof definitions, from: string, to: string): string =>
  composed({
    ...definitions,
    [name]: { ...definitions[name], typeDefs: definitions[name].typeDefs.replace(from, to) },
  } as SubgraphDefinitions);

describe('when the supergraph changes', () => {
  it('goes on by the same subscription at the subgraph, where that is asked the same', async () => {
    const { told } = follow();
    await until(() => taken.open === 1);
    taken.publish('1');
    await until(() => told.length === 1);

    await router.reload(changed('desk', 'hello: String', 'hello: String hi: String'));
    taken.publish('2');
    await until(() => told.length === 2);

    expect(told).toEqual([board('1'), board('2')]);
    expect(taken.all).toHaveLength(1);
  });

  it('goes on after the last event, where the subgraph is asked otherwise', async () => {
    const { told } = follow();
    await until(() => taken.open === 1);
    taken.publish('1');
    await until(() => told.length === 1);

    // Who owns a ticket is known at the desk from now on.
    await router.reload(
      composed({
        desk: {
          ...definitions.desk,
          typeDefs: definitions.desk.typeDefs.replace('note: String', 'note: String owner: String'),
        },
      }),
    );
    await until(() => taken.all.length === 2 && taken.open === 1);

    expect(taken.all[1]?.after).toBe('1');
  });

  it('ends with a code, where its fields are gone', async () => {
    const { told, ended } = follow();
    await until(() => taken.open === 1);

    await router.reload(changed('people', 'owner: String', 'holder: String'));
    await ended;

    expect(told).toEqual([expect.objectContaining({ code: 'SUBSCRIPTION_GONE' })]);
    await until(() => taken.open === 0);
  });

  it('tells that on a WebSocket, which stays open', async () => {
    const { url } = await router.listen(0, '127.0.0.1');
    const { send, until: untilType, received } = await connectTo(url, {});
    await untilType('connection_ack');
    send(subscribeTo(QUERY));
    await until(() => taken.open === 1);

    await router.reload(changed('people', 'owner: String', 'holder: String'));
    await untilType('error');
    send(subscribeTo('{ hello }', '2'));
    await untilType('complete');

    expect(received[1]).toMatchObject({
      id: '1',
      payload: [{ extensions: { code: 'SUBSCRIPTION_GONE' } }],
    });
  });
});

describe('when the connection to the subgraph breaks', () => {
  it('comes back after pauses that grow, and misses nothing', async () => {
    const { told } = follow();
    await until(() => taken.open === 1);
    taken.publish('1');
    await until(() => told.length === 1);

    const desk = subgraphs.get('desk');
    desk.isDown = true;
    cut();
    for (let second = 0; second < 10; second += 1) {
      clock.advance(1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(taken.open).toBe(0);
    desk.isDown = false;
    await until(() => {
      clock.advance(1);
      return taken.open === 1;
    });
    expect(taken.all.at(-1)?.after).toBe('1');
    taken.publish('2');
    await until(() => told.length === 2);

    expect(told).toEqual([board('1'), board('2')]);
  });

  it('gives up after half a minute, and says so', async () => {
    const { told, ended } = follow();
    await until(() => taken.open === 1);
    taken.publish('1');
    await until(() => told.length === 1);
    subgraphs.get('desk').isDown = true;
    cut();

    let isEnded = false;
    void ended.then(() => (isEnded = true));
    await until(() => {
      clock.advance(1);
      return isEnded;
    });

    expect(told[1]).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });
});
