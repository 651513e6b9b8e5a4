import { createRouter, type Hooks, type Router, type RouterOptions } from '../src/index.ts';
import { until } from './support/events.ts';
import { Issuer, TestClock } from './support/issuer.ts';
import { composed, localSubgraphs } from './support/subgraphs.ts';
import { Taken, ticketSubgraphs } from './support/tickets.ts';

const BOARD = 'subscription ($after: String) { board(after: $after) { eventId owner } }';
const SECRET = 'subscription { ticket { eventId } }';

let taken: Taken;
let state: string | undefined;
let subgraphs: ReturnType<typeof localSubgraphs>;
let router: Router;
let issuer: Issuer;
let clock: TestClock;

async function start(options: Partial<RouterOptions> = {}): Promise<void> {
  taken = new Taken();
  state = undefined;
  const definitions = ticketSubgraphs(taken, () => state);
  subgraphs = localSubgraphs(definitions);
  clock = new TestClock();
  issuer = new Issuer(clock);
  router = await createRouter({
    supergraph: composed(definitions),
    transports: subgraphs.transports,
    jwt: issuer.jwt,
    callerSecret: 'a secret of thirty-two characters',
    clock,
    timers: clock,
    ...options,
  });
}

afterEach(() => router.close());

type Headers = Record<string, string>;

/** A client that keeps what it is told. */
function follow(query = BOARD, headers: Headers = {}, variables: Record<string, unknown> = {}) {
  const events = router.subscribe({ query, headers, variables });
  const told: unknown[] = [];
  const ended = (async () => {
    for await (const { data, errors } of events) {
      const [event] = Object.values(data ?? {}) as ({ eventId: string } | null)[];
      told.push(errors ? errors[0]?.extensions?.['code'] : event?.eventId);
    }
  })();
  return { told, ended, leave: () => events.return?.() };
}

const token = async (claims = {}): Promise<Headers> => {
  const key = issuer.published[0] ?? (await issuer.newKey('k'));
  return { authorization: 'Bearer ' + (await issuer.token(key, claims)) };
};

/** Long enough for whoever wants to open one more subscription to have done so. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
};

it('ends with the token of a caller in the same process, and not before', async () => {
  await start();
  const exp = Math.floor(clock.now().getTime() / 1000) + 60;
  const short = follow(SECRET, await token({ exp }));
  const long = follow(SECRET, await token({ exp: exp + 60 }));
  await until(() => taken.open === 1);
  await settled();
  taken.publish('1');
  await until(() => short.told.length === 1 && long.told.length === 1);

  clock.advance(59);
  await settled();
  expect(short.told).toEqual(['1']);
  clock.advance(1);
  await short.ended;

  expect(short.told).toEqual(['1', 'UNAUTHENTICATED']);
  expect(long.told).toEqual(['1']);
  clock.advance(60);
  await long.ended;
  await until(() => taken.open === 0);
});

it('asks the subgraph once, and other subgraphs once for each event, for all who ask the same', async () => {
  await start();
  const clients = Array.from({ length: 20 }, () => follow());
  await until(() => taken.open === 1);
  await settled();
  taken.publish('1');
  await until(() => clients.every(({ told }) => told.length === 1));

  expect(taken.all).toHaveLength(1);
  expect(subgraphs.get('people').requests).toHaveLength(1);

  await Promise.all(clients.slice(1).map(({ leave }) => leave()));
  await settled();
  expect(taken.open).toBe(1);
  await clients[0]?.leave();
  await until(() => taken.open === 0);
});

describe('one subscription is shared', () => {
  it.each<[string, Headers, Headers, number]>([
    ['by visitors', {}, {}, 1],
    ['whatever browsers they use', { 'user-agent': 'a' }, { 'user-agent': 'b' }, 1],
    ['wherever they are', { 'x-forwarded-for': '10.0.0.1' }, { 'x-forwarded-for': '10.0.0.2' }, 1],
    ['not between languages', { 'accept-language': 'de' }, { 'accept-language': 'en' }, 2],
    ['not between cookies', { cookie: 'basket=1' }, { cookie: 'basket=2' }, 2],
  ])('%s', async (_name, one, other, upstreams) => {
    await start();
    follow(BOARD, one);
    follow(BOARD, other);
    await until(() => taken.open === upstreams);
    await settled();

    expect(taken.all).toHaveLength(upstreams);
    const seen = subgraphs.get('desk').requests[0]?.headers ?? {};
    expect(Object.keys(seen)).not.toContain('user-agent');
    expect(Object.keys(seen)).not.toContain('x-forwarded-for');
  });

  it.each<[string, object, object, number]>([
    ['by two tokens of one user', { jti: '1' }, { jti: '2', exp: 2_000_000_000 }, 1],
    ['not by two users', { sub: 'u1' }, { sub: 'u2' }, 2],
    ['not by one user with different rights', { scope: 'a' }, { scope: 'b' }, 2],
  ])('%s', async (_name, one, other, upstreams) => {
    await start();
    follow(SECRET, await token(one));
    follow(SECRET, await token(other));
    await until(() => taken.open === upstreams);
    await settled();

    expect(taken.all).toHaveLength(upstreams);
  });

  it('by different users when the field is public, which is then asked for as a visitor would', async () => {
    await start({ publicSubscriptions: ['board'] });
    follow(BOARD, { ...(await token({ sub: 'u1' })), cookie: 'session=1' });
    follow(BOARD, { ...(await token({ sub: 'u2' })), cookie: 'session=2' });
    await until(() => taken.open === 1);
    await settled();

    expect(taken.all).toHaveLength(1);
    const { headers } = subgraphs.get('desk').requests[0] ?? {};
    expect(headers).not.toHaveProperty('cookie');
    const [, claims = ''] = headers?.['x-router-caller']?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ caller: null });
  });

  it('not when what was asked for differs', async () => {
    await start();
    follow(BOARD, {}, { after: '1' });
    follow(BOARD, {}, { after: '2' });
    follow(BOARD.replace('eventId', 'eventId id'));
    await until(() => taken.open === 3);
  });
});

describe('who comes late', () => {
  it('gets what it would miss by an upstream of its own, when it begins after an event', async () => {
    await start();
    const first = follow(BOARD, {}, { after: '1' });
    const second = follow(BOARD, {}, { after: '1' });
    await until(() => taken.open === 1);
    taken.publish('2');
    await until(() => first.told.length === 1 && second.told.length === 1);
    expect(taken.all).toHaveLength(1);

    follow(BOARD, {}, { after: '1' });
    await until(() => taken.open === 2);
    expect(taken.all[1]?.after).toBe('1');
  });

  it('is told the current state first, as everybody was, and shares what comes then', async () => {
    await start();
    state = '1';
    const first = follow();
    await until(() => first.told.length === 1);
    const late = [follow(), follow()];
    await until(() => late.every(({ told }) => told.length === 1));
    const later = follow();
    await until(() => later.told.length === 1);
    expect(taken.open).toBe(2);

    taken.publish('2');
    await until(() => later.told.length === 2 && taken.open === 1);
    taken.publish('3');
    await until(() => later.told.length === 3);

    for (const { told } of [first, later, ...late]) expect(told).toEqual(['1', '2', '3']);
  });

  it('hears only of what comes, where nothing is told at the beginning', async () => {
    await start();
    const first = follow();
    await until(() => taken.open === 1);
    taken.publish('1');
    await until(() => first.told.length === 1);
    const late = follow();
    await until(() => taken.open === 2);
    taken.publish('2');
    await until(() => late.told.length === 1 && first.told.length === 2);
    taken.publish('3');
    await until(() => late.told.length === 2);

    expect(late.told).toEqual(['2', '3']);
    expect(taken.open).toBe(1);
  });

  it('leaves nothing open when it goes before there is news', async () => {
    await start();
    state = '1';
    const first = follow();
    await until(() => first.told.length === 1);
    const late = follow();
    await until(() => late.told.length === 1);

    await late.leave();
    await until(() => taken.open === 1);
    await first.leave();
    await until(() => taken.open === 0);
  });
});

it('goes on with the token that lasts longest', async () => {
  await start();
  const query = SECRET.replace('eventId', 'owner eventId');
  const short = follow(query, await token());
  await until(() => taken.open === 1);
  const exp = Math.floor(clock.now().getTime() / 1000) + 7200;
  const long = follow(query, await token({ exp }));
  await until(() => {
    taken.publish('1');
    return long.told.length > 0;
  });
  await short.leave();
  taken.publish('2');
  await until(() => long.told.at(-1) === '2');

  const { headers } = subgraphs.get('people').requests.at(-1) ?? {};
  const [, payload = ''] = headers?.['x-router-caller']?.split('.') ?? [];
  const { caller } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { caller: object };
  expect(caller).toMatchObject({ exp });
});

it('tells late-comers what the hook onResponse makes of their beginning', async () => {
  const onResponse: Hooks['onResponse'] = ({ json }) => ({ json: json.replace(/secret/g, '***') });
  await start({ hooks: { onResponse } });
  state = 'secret 1';
  const first = follow();
  await until(() => first.told.length === 1);
  const second = follow();
  await until(() => second.told.length === 1);

  expect([first.told, second.told]).toEqual([['*** 1'], ['*** 1']]);
});
