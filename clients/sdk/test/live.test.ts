import { readFileSync } from 'node:fs';
import { createRouter, type Router, type SubgraphTransport } from '@crema/router';
import { graphql as execute } from 'graphql';
import { WebSocket } from 'ws';
import { Events, until } from '../../../router/test/support/events.ts';
import { Issuer, TestClock } from '../../../router/test/support/issuer.ts';
import { createCrema, graphql, type Crema, type CremaError, type Timers } from '../src/index.ts';
import { supergraph } from './support.ts';

const Watch = graphql(
  'subscription Watch($orderId: ID!) { orderStatusChanged(orderId: $orderId) { eventId } }',
);

/** What the router says to a newer token, in the order in which it does. */
const pongs: { expiresAt?: string; errors?: unknown }[] = [];

class HeardSocket extends WebSocket {
  constructor(...parameters: ConstructorParameters<typeof WebSocket>) {
    super(...parameters);
    this.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data)) as { type: string; payload: object };
      if (type === 'pong') pongs.push(payload);
    });
  }
}

let clock: TestClock;
let issuer: Issuer;
let router: Router;
let crema: Crema;
let url: string;
let events: Events<{ eventId: string }>;
/** How often tokens were to be renewed; `failures` of them fail. */
let renewals: number;
let failures: number;
/** How often the client has decided when to look at its token next. */
let armed: number;

const token = async (sub: string): Promise<string> => {
  const [key] = issuer.published;
  if (!key) throw new Error('There is a key');
  const now = Math.floor(clock.now().getTime() / 1_000);
  return issuer.token(key, { sub, jti: `${sub}-${renewals}`, iat: now, exp: now + 60 });
};

/** All subgraphs in one, with made-up answers. */
const subgraph: SubgraphTransport = {
  async execute({ query, variables }) {
    renewals += 1;
    if (renewals <= failures) throw new Error('The subgraph is away');
    const refreshSession = { accessToken: await token('ada'), refreshToken: 'r', userErrors: [] };
    const { data } = await execute({
      schema: supergraph,
      source: query,
      rootValue: { refreshSession },
      variableValues: variables,
    });
    return { data: data as Record<string, unknown> };
  },
  async *subscribe() {
    for await (const orderStatusChanged of events) yield { data: { orderStatusChanged } };
  },
};

beforeEach(async () => {
  pongs.length = 0;
  renewals = 0;
  failures = 0;
  events = new Events();
  clock = new TestClock();
  issuer = new Issuer(clock);
  await issuer.newKey('k');
  router = await createRouter({
    supergraph: readFileSync(`${import.meta.dirname}/../../../schema/supergraph.graphql`, 'utf8'),
    transports: () => subgraph,
    jwt: issuer.jwt,
    clock,
    // Time passes in leaps here, and no client answers heartbeats within one.
    timers: { after: (delayMs, run) => clock.after(delayMs, run), every: () => () => undefined },
  });
  ({ url } = await router.listen(0, '127.0.0.1'));
  armed = 0;
  const timers: Timers = {
    now: () => clock.now(),
    after(delayMs, run) {
      armed += 1;
      return clock.after(delayMs, run);
    },
  };
  crema = createCrema({ url, webSocketImpl: HeardSocket, timers });
});

afterEach(async () => {
  await crema.close();
  await router.close();
});

/** Whoever watches an order and has heard a first event of it. */
async function watching() {
  const changes = crema.subscribe(Watch, { orderId: 'o-1' });
  const heard = async (eventId: string) => {
    const next = changes.next();
    events.publish({ eventId });
    expect((await next).value).toEqual({ orderStatusChanged: { eventId } });
  };
  await heard('e-1');
  return { changes, heard };
}

const failureOf = (promise: Promise<unknown>): Promise<CremaError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: CremaError) => error,
  );

describe('a live connection', () => {
  it('shows a renewed token before the old one ends, again and again', async () => {
    crema.session.use({ accessToken: await token('ada'), refreshToken: 'r' });
    const { heard } = await watching();

    for (let round = 1; round <= 4; round += 1) {
      clock.advance(31);
      await until(() => pongs.length === round);
    }

    expect(renewals).toBe(4);
    expect(pongs.every(({ expiresAt }) => expiresAt)).toBe(true);
    await heard('e-2');
  });

  it('shows the token that something else has renewed', async () => {
    crema.session.use({ accessToken: await token('ada'), refreshToken: 'r' });
    const { heard } = await watching();
    clock.advance(10);
    await crema.session.renew();

    clock.advance(25);
    await until(() => pongs.length === 1);

    expect(renewals).toBe(1);
    clock.advance(30);
    await heard('e-2');
  });

  it('tries again when renewing fails', async () => {
    crema.session.use({ accessToken: await token('ada'), refreshToken: 'r' });
    failures = 2;
    const { heard } = await watching();

    clock.advance(31);
    await until(() => armed === 2);
    clock.advance(15);
    await until(() => armed === 3);
    clock.advance(8);
    await until(() => pongs.length === 1);

    expect(renewals).toBe(3);
    clock.advance(40);
    await heard('e-2');
  });

  it('never shows the token of somebody else', async () => {
    crema.session.use({ accessToken: await token('ada'), refreshToken: 'r' });
    const { changes } = await watching();
    const end = failureOf(changes.next());
    crema.session.use({ accessToken: await token('bob'), refreshToken: 'r' });

    clock.advance(31);
    await until(() => armed === 2);
    clock.advance(31);

    expect(await end).toMatchObject({ code: 'CONNECTION_CLOSED', status: 4401 });
    expect(pongs).toEqual([]);
  });

  it('ends with a token that nothing can renew, and leaves the session as it is', async () => {
    crema.session.use({ accessToken: await token('ada'), refreshToken: null });
    const { changes } = await watching();
    const end = failureOf(changes.next());

    clock.advance(31);
    await until(() => armed === 2);
    clock.advance(31);

    expect(await end).toMatchObject({ code: 'CONNECTION_CLOSED', status: 4401 });
    expect(renewals).toBe(0);
    expect(crema.session.accessToken).not.toBeNull();
  });
});
