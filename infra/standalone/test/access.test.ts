import {
  CafeQueue,
  CafeStock,
  CremaError,
  graphql,
  Order,
  StartPreparing,
  WatchOrder,
  WatchOrderEstimate,
  WatchQueue,
  type Crema as Client,
} from '@crema/sdk';
import {
  clientOf,
  coffee,
  ids,
  newCustomer,
  place,
  signIn,
  startCrema,
  type TestCrema,
} from './support.ts';

const Entities = graphql(`
  query PrivateThingsOfOthers($userId: ID!, $orderId: ID!) {
    user(id: $userId) {
      name
      email
      wallet {
        balance {
          amount
        }
      }
      orders {
        nodes {
          id
        }
      }
      notifications {
        nodes {
          title
        }
      }
    }
    order(id: $orderId) {
      id
      customer {
        name
        email
        phone
        roles
        wallet {
          balance {
            amount
          }
        }
        orders {
          nodes {
            id
          }
        }
        notifications {
          nodes {
            title
          }
        }
        unreadNotificationCount
        sessions {
          id
        }
      }
    }
  }
`);

const WalletById = graphql(`
  query WalletById($id: ID!) {
    wallet(id: $id) {
      balance {
        amount
      }
    }
  }
`);

const MyWalletId = graphql(`
  query MyWalletId {
    me {
      id
      wallet {
        id
      }
    }
  }
`);

let test: TestCrema;
let owner: Client;
let stranger: Client;
let visitor: Client;
/** Works in Astoria; the order is placed in Lower Manhattan. */
let barista: Client;
let orderId: string;
let ownerId: string;
let walletId: string;

beforeAll(async () => {
  test = await startCrema();
  owner = await newCustomer(test.url, '50.00');
  stranger = await newCustomer(test.url);
  visitor = clientOf(test.url);
  barista = await signIn(test.url, 'barista');
  orderId = (await place(owner, coffee())).order!.id;
  await test.crema.settle();
  const { me } = await owner.query(MyWalletId);
  ownerId = me!.id;
  walletId = me!.wallet!.id;
});

afterAll(async () => {
  await Promise.all([owner, stranger, visitor, barista].map((client) => client.close()));
  await test.close();
});

const others = [
  ['a visitor', () => visitor],
  ['a stranger', () => stranger],
  ['a barista of another café', () => barista],
] as const;

/** What a call that may fail was answered with, errors or not. */
async function answerOf<Data>(call: Promise<Data>): Promise<{ data: unknown; codes: unknown[] }> {
  try {
    return { data: await call, codes: [] };
  } catch (error) {
    if (!(error instanceof CremaError)) throw error;
    return { data: error.data, codes: error.errors.map(({ extensions }) => extensions?.['code']) };
  }
}

describe.each(others)('%s', (_, who) => {
  it('reads nothing of an order that is not theirs', async () => {
    const { data } = await answerOf(who().query(Order, { id: orderId }));
    expect((data as { order?: unknown } | null)?.order ?? null).toBeNull();
  });

  it('reads nothing private through entities', async () => {
    const { data, codes } = await answerOf(who().query(Entities, { userId: ownerId, orderId }));
    const text = JSON.stringify(data ?? null);
    expect(text).not.toMatch(/@crema\.test|balance|"nodes":\[\{|"title"/);
    expect(codes.length).toBeGreaterThan(0);
  });

  it('reads no wallet that is not theirs', async () => {
    const { data, codes } = await answerOf(who().query(WalletById, { id: walletId }));
    expect((data as { wallet?: unknown } | null)?.wallet ?? null).toBeNull();
    expect(['UNAUTHENTICATED', 'FORBIDDEN']).toContain(codes[0]);
  });

  it('sees neither the queue nor the stock of the café', async () => {
    for (const operation of [CafeQueue, CafeStock] as const) {
      const { data, codes } = await answerOf(
        who().query(operation as typeof CafeQueue, { cafeId: ids.lowerManhattan }),
      );
      expect(JSON.stringify(data)).not.toContain(orderId);
      expect(['UNAUTHENTICATED', 'FORBIDDEN']).toContain(codes[0]);
    }
  });

  it('works on no order of the café', async () => {
    const { codes } = await answerOf(who().mutate(StartPreparing, { input: { orderId } }));
    expect(['UNAUTHENTICATED', 'FORBIDDEN']).toContain(codes[0]);
    const { order } = await owner.query(Order, { id: orderId });
    expect(order?.status).toBe('CONFIRMED');
  });

  it('hears of nothing that is not theirs', async () => {
    const order = await answerOf(who().subscribe(WatchOrder, { orderId, after: '0' }).next());
    expect(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']).toContain(order.codes[0]);
    const estimate = await answerOf(who().subscribe(WatchOrderEstimate, { orderId }).next());
    expect(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']).toContain(estimate.codes[0]);
    const queue = await answerOf(
      who().subscribe(WatchQueue, { cafeId: ids.lowerManhattan, after: '0' }).next(),
    );
    expect(['UNAUTHENTICATED', 'FORBIDDEN']).toContain(queue.codes[0]);
  });
});

describe('a field that is refused', () => {
  it('is null with an error, and the rest is served', async () => {
    const query = graphql(`
      query MineAndTheirs($cafeId: ID!) {
        cafe(id: $cafeId) {
          name
          queue {
            id
          }
        }
        me {
          name
        }
      }
    `);
    const { data, codes } = await answerOf(stranger.query(query, { cafeId: ids.astoria }));
    expect(data).toEqual({
      cafe: { name: expect.any(String), queue: null },
      me: { name: 'Guest' },
    });
    expect(codes).toEqual(['FORBIDDEN']);
  });
});
