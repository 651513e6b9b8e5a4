import { WebSocket } from 'ws';
import {
  createCrema,
  Me,
  PlaceOrder,
  SalesSummary,
  WatchOrder,
  type Crema,
  type CremaError,
  type CremaOptions,
  type Tokens,
} from '../src/index.ts';
import { forbidden, startFakeRouter, type FakeRouter } from './support.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const ada = { id: 'u-1', name: 'Ada', email: 'ada@crema.test', roles: ['CUSTOMER'] };

const sessionOf = (accessToken: string, refreshToken: string) => ({
  accessToken,
  refreshToken,
  expiresAt: '2026-03-02T15:15:00.000Z',
  user: ada,
  userErrors: [],
});

async function meet(
  answers: Record<string, object>,
  { isGood, ...options }: Partial<CremaOptions> & { isGood?: (token: string) => boolean } = {},
): Promise<{ crema: Crema; router: FakeRouter }> {
  const router = await startFakeRouter(answers, isGood);
  const crema = createCrema({ url: router.url, webSocketImpl: WebSocket, ...options });
  open.push(crema, router);
  return { crema, router };
}

const failureOf = (promise: Promise<unknown>): Promise<CremaError> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: CremaError) => error,
  );

describe('asking', () => {
  it('answers what was asked', async () => {
    const { crema } = await meet({ me: ada });
    const { me } = await crema.query(Me);
    expect(me).toMatchObject({ id: 'u-1', name: 'Ada', roles: ['CUSTOMER'], phone: null });
  });

  it('gives refusals back as the answer that they are', async () => {
    const userErrors = [{ code: 'OUT_OF_STOCK', message: 'No oat milk.', field: ['order'] }];
    const { crema } = await meet({ placeOrder: { order: null, userErrors } });
    const { placeOrder } = await crema.mutate(PlaceOrder, {
      input: { idempotencyKey: 'k-1', order: { cafeId: 'c-1', lines: [] } },
    });
    expect(placeOrder).toEqual({ order: null, userErrors });
  });

  it('fails with the code of the first error, and keeps what there is', async () => {
    const { crema } = await meet({
      me: { ...ada, unreadNotificationCount: () => Promise.reject(forbidden()) },
    });
    const error = await failureOf(crema.query(Me));
    expect(error).toMatchObject({ name: 'CremaError', code: 'FORBIDDEN', status: 200 });
    expect(error.data).toMatchObject({ me: { id: 'u-1' } });
  });

  it('says what is wrong with an answer that is none', async () => {
    const fetch = () => Promise.resolve(new Response('<html>', { status: 502 }));
    const { crema } = await meet({}, { fetch });
    expect(await failureOf(crema.query(Me))).toMatchObject({ code: 'BAD_RESPONSE', status: 502 });
  });

  it('says when nobody answers', async () => {
    const { crema, router } = await meet({});
    await router.close();
    expect(await failureOf(crema.query(Me))).toMatchObject({ code: 'UNREACHABLE' });
  });

  it('stops when it is told to', async () => {
    const { crema } = await meet({ me: ada });
    const signal = AbortSignal.abort();
    expect(await failureOf(crema.query(Me, {}, { signal }))).toMatchObject({ name: 'AbortError' });
  });

  it('asks for the variables that an operation must have', async () => {
    const { crema } = await meet({});
    // @ts-expect-error the filter is missing
    expect(await failureOf(crema.query(SalesSummary))).toBeInstanceOf(Error);
  });
});

describe('being signed in', () => {
  it('shows the token from then on, and none after signing out', async () => {
    const heard: (Tokens | null)[] = [];
    const { crema, router } = await meet(
      { signIn: sessionOf('a-1', 'r-1'), signOut: { success: true }, me: ada },
      { onTokens: (tokens) => heard.push(tokens) },
    );
    await crema.session.signIn({ email: 'ada@crema.test', password: 'correct horse' });
    await crema.query(Me);
    await crema.session.signOut();
    await crema.query(Me);
    expect(router.requests.map(({ authorization }) => authorization)).toEqual([
      undefined,
      'Bearer a-1',
      'Bearer a-1',
      undefined,
    ]);
    expect(heard).toEqual([{ accessToken: 'a-1', refreshToken: 'r-1' }, null]);
  });

  it('stays a visitor who is refused', async () => {
    const userErrors = [{ code: 'INVALID_CREDENTIALS', message: 'No.', field: null }];
    const { crema } = await meet({ signIn: { userErrors } });
    const payload = await crema.session.signIn({ email: 'ada@crema.test', password: 'wrong' });
    expect(payload.userErrors).toEqual(userErrors);
    expect(crema.session.accessToken).toBeNull();
  });

  it('renews a token that has expired, once for all who ask', async () => {
    const refreshSession = jest.fn(() => sessionOf('a-2', 'r-2'));
    const { crema } = await meet(
      { me: ada, refreshSession },
      { isGood: (token) => token === 'a-2' },
    );
    crema.session.use({ accessToken: 'a-1', refreshToken: 'r-1' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => crema.query(Me)));
    expect(answers.map(({ me }) => me?.name)).toEqual(Array(5).fill('Ada'));
    expect(refreshSession).toHaveBeenCalledTimes(1);
    expect(crema.session.accessToken).toBe('a-2');
  });

  it('ends where the session cannot be renewed', async () => {
    const userErrors = [{ code: 'SESSION_ENDED', message: 'Sign in again.', field: null }];
    const { crema } = await meet({ refreshSession: { userErrors } }, { isGood: () => false });
    crema.session.use({ accessToken: 'a-1', refreshToken: 'r-1' });
    expect(await failureOf(crema.query(Me))).toMatchObject({
      code: 'UNAUTHENTICATED',
      status: 401,
    });
    expect(crema.session.accessToken).toBeNull();
  });
});

describe('subscribing', () => {
  const change = (eventId: string, status: string) => ({
    orderStatusChanged: {
      eventId,
      at: '2026-03-02T15:00:00.000Z',
      status,
      order: { id: 'o-1', number: '7', version: 1, status, canBeCancelled: false },
    },
  });

  async function* twoChanges() {
    yield change('e-1', 'CONFIRMED');
    yield change('e-2', 'READY');
  }

  async function* changeThenSilence() {
    yield change('e-1', 'CONFIRMED');
    await new Promise(() => undefined);
  }

  it('gives every event and ends with the last', async () => {
    const { crema } = await meet({ orderStatusChanged: twoChanges });
    const seen = [];
    for await (const { orderStatusChanged } of crema.subscribe(WatchOrder, { orderId: 'o-1' })) {
      seen.push(orderStatusChanged.status);
    }
    expect(seen).toEqual(['CONFIRMED', 'READY']);
  });

  it('can be left while the next event is awaited', async () => {
    const { crema } = await meet({ orderStatusChanged: changeThenSilence });
    const changes = crema.subscribe(WatchOrder, { orderId: 'o-1' });
    await changes.next();
    const awaited = changes.next();
    await changes.return?.();
    expect(await awaited).toEqual({ done: true, value: undefined });
    expect(await changes.next()).toEqual({ done: true, value: undefined });
  });

  it('fails with the code of a refusal', async () => {
    const { crema } = await meet({ orderStatusChanged: () => Promise.reject(forbidden()) });
    const changes = crema.subscribe(WatchOrder, { orderId: 'o-1' });
    expect(await failureOf(changes.next())).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('renews a token that has expired', async () => {
    const { crema } = await meet(
      { orderStatusChanged: twoChanges, refreshSession: sessionOf('a-2', 'r-2') },
      { isGood: (token) => token === 'a-2', token: 'a-1' },
    );
    const { value } = await crema.subscribe(WatchOrder, { orderId: 'o-1' }).next();
    expect(value).toMatchObject({ orderStatusChanged: { status: 'CONFIRMED' } });
  });

  it('says when the connection is lost, and when there is none', async () => {
    const { crema, router } = await meet({ orderStatusChanged: changeThenSilence });
    const changes = crema.subscribe(WatchOrder, { orderId: 'o-1' });
    await changes.next();
    const awaited = failureOf(changes.next());
    await router.close();
    expect(await awaited).toMatchObject({ code: 'CONNECTION_CLOSED' });
    const again = crema.subscribe(WatchOrder, { orderId: 'o-1', after: 'e-1' });
    expect(await failureOf(again.next())).toMatchObject({ code: 'UNREACHABLE' });
  });

  it('says what is missing where there is no WebSocket', async () => {
    const { crema } = await meet({}, { webSocketImpl: null });
    const changes = crema.subscribe(WatchOrder, { orderId: 'o-1' });
    expect(await failureOf(changes.next())).toMatchObject({ code: 'NO_WEBSOCKET' });
  });
});
