import type { WebSocket } from 'ws';
import { createRouter, type Router } from '../src/index.ts';
import { until } from './support/events.ts';
import { Issuer, TestClock } from './support/issuer.ts';
import { connectTo, subscribeTo } from './support/socket.ts';
import { composed, localSubgraphs } from './support/subgraphs.ts';
import { Taken, ticketSubgraphs } from './support/tickets.ts';

const BOARD = 'subscription { board { eventId owner } }';
const SECRET = 'subscription { ticket { eventId owner } }';

let taken: Taken;
let router: Router;
let url: string;
let issuer: Issuer;
let clock: TestClock;
let subgraphs: ReturnType<typeof localSubgraphs>;

beforeEach(async () => {
  taken = new Taken();
  const definitions = ticketSubgraphs(taken);
  subgraphs = localSubgraphs(definitions);
  clock = new TestClock();
  issuer = new Issuer(clock);
  router = await createRouter({
    supergraph: composed(definitions),
    transports: subgraphs.transports,
    jwt: issuer.jwt,
    callerSecret: 'a secret of thirty-two characters',
    rates: { perAddress: undefined },
    maxBufferedBytes: 100_000,
    clock,
    timers: clock,
  });
  await issuer.newKey('k');
  ({ url } = await router.listen(0, '127.0.0.1'));
});

afterEach(() => router.close());

const token = async (claims = {}): Promise<string> => {
  const [key] = issuer.published;
  if (!key) throw new Error('There is a key');
  return 'Bearer ' + (await issuer.token(key, claims));
};

async function connected(authorization?: string) {
  const client = await connectTo(url, { authorization });
  await client.until('connection_ack');
  const next = () => client.received.filter(({ type }) => type === 'next');
  return { ...client, next };
}

it('leaves the subgraph when a thousand clients vanish, whatever they were about to do', async () => {
  const sockets: WebSocket[] = [];
  for (let round = 0; round < 10; round += 1) {
    const clients = await Promise.all(
      Array.from({ length: 100 }, () => connectTo(url, {}).then((client) => client)),
    );
    // Some vanish before they are known, some before and some after they have subscribed.
    const staying = clients.slice(10);
    await Promise.all(staying.map((client) => client.until('connection_ack')));
    staying.forEach((client, one) => client.send(subscribeTo(`${BOARD} # ${one % 10}`)));
    if (round % 2 === 0) await until(() => taken.open >= 10);
    for (const { socket } of clients) socket.terminate();
    sockets.push(...clients.map(({ socket }) => socket));
  }

  expect(sockets).toHaveLength(1_000);
  expect(taken.all.length).toBeGreaterThan(0);
  await until(() => taken.open === 0 && subgraphs.get('desk').openSubscriptions === 0);
  // Nobody who was still on the way opens another.
  const { send, next } = await connected();
  send(subscribeTo(BOARD));
  await until(() => taken.open === 1);
  taken.publish('1');
  await until(() => next().length === 1);
  expect(subgraphs.get('desk').openSubscriptions).toBe(1);
});

it('gives every client the event under the id that it chose, short or long', async () => {
  const query = 'subscription { board { eventId } }';
  const client = await connected();
  const ids = ['1', 'ü', 'a "quoted" one', 'x'.repeat(200)];
  for (const id of ids) client.send(subscribeTo(query, id));
  await until(() => taken.open === 1);

  const eventIds = ['e', 'e'.repeat(1_000), 'ü'.repeat(10_000), 'e'.repeat(90_000)];
  for (const [round, eventId] of eventIds.entries()) {
    taken.publish(eventId);
    await until(() => client.next().length === ids.length * (round + 1));
  }

  for (const id of ids) {
    const own = client.next().filter((message) => message.id === id);
    expect(own.map(({ payload }) => payload)).toEqual(
      eventIds.map((eventId) => ({ data: { board: { eventId } } })),
    );
  }
  expect(taken.all).toHaveLength(1);
});

it('cuts off a client that never reads, and the others go on', async () => {
  const deaf = await connected();
  const other = await connected();
  deaf.send(subscribeTo(BOARD));
  other.send(subscribeTo(BOARD));
  await until(() => taken.open === 1);
  deaf.socket.pause();

  let published = 0;
  const gone = deaf.closed.then(() => true);
  for (; published < 500; published += 1) {
    taken.publish('x'.repeat(50_000));
    await until(() => other.next().length > published);
  }
  clock.advance(5);
  deaf.socket.resume();

  expect(await gone).toBe(true);
  expect(deaf.next().length).toBeLessThan(published);
  expect(other.next()).toHaveLength(published);
});

describe('a token is renewed by a ping that brings another', () => {
  it('and its subscriptions outlive the first', async () => {
    const client = await connected(await token());
    client.send(subscribeTo(SECRET));
    await until(() => taken.open === 1);
    const exp = Math.floor(clock.now().getTime() / 1000) + 3_600;
    client.send({ type: 'ping', payload: { authorization: await token({ exp }) } });
    await client.until('pong');

    expect(client.received.at(-1)?.payload).toEqual({
      expiresAt: new Date(exp * 1000).toISOString(),
    });
    clock.advance(901);
    taken.publish('1');
    await until(() => client.next().length === 1);
    expect(taken.all).toHaveLength(1);

    clock.advance(3_600);
    expect(await client.closed).toEqual({ code: 4401, reason: 'The token has expired' });
    await until(() => taken.open === 0);
  });

  it('and with other rights goes on by a subscription of its own', async () => {
    const query = 'subscription ($after: String) { ticket(after: $after) { eventId } }';
    const client = await connected(await token());
    client.send(subscribeTo(query));
    await until(() => taken.open === 1);
    taken.publish('7');
    await until(() => client.next().length === 1);

    client.send({ type: 'ping', payload: { authorization: await token({ scope: 'more' }) } });
    await client.until('pong');

    await until(() => taken.all.length === 2 && taken.open === 1);
    expect(taken.all[1]?.after).toBe('7');
  });

  it.each([
    ['a bad one', async () => 'Bearer nonsense', 'The token is invalid'],
    ['somebody else’s', () => token({ sub: 'u2' }), 'The token is somebody else’s'],
  ])('but not by %s, which changes nothing', async (_name, other, message) => {
    const client = await connected(await token());
    client.send(subscribeTo(SECRET));
    await until(() => taken.open === 1);
    client.send({ type: 'ping', payload: { authorization: await other() } });
    await client.until('pong');

    expect(client.received.at(-1)?.payload).toEqual({
      errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }],
    });
    taken.publish('1');
    await until(() => client.next().length === 1);
    clock.advance(901);
    expect(await client.closed).toMatchObject({ code: 4401 });
  });
});
