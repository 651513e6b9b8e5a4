import {
  graphql,
  MarkCollected,
  MarkReady,
  MyNotifications,
  MyWallet,
  PlaceOrder,
  QuoteOrder,
  StartPreparing,
  type Crema as Client,
} from '@crema/sdk';
import {
  coffee,
  dollars,
  ids,
  newCustomer,
  newKey,
  orderOf,
  place,
  signIn,
  startCrema,
  type TestCrema,
} from './support.ts';

const WatchAcrossSubgraphs = graphql(`
  subscription WatchAcrossSubgraphs($orderId: ID!, $after: String) {
    orderStatusChanged(orderId: $orderId, after: $after) {
      eventId
      status
      previousStatus
      order {
        id
        version
        cafe {
          name
        }
        customer {
          name
        }
        lines {
          quantity
          product {
            name
          }
        }
      }
    }
  }
`);

let test: TestCrema;
let manager: Client;

beforeAll(async () => {
  test = await startCrema();
  manager = await signIn(test.url, 'manager');
});

afterAll(async () => {
  await manager.close();
  await test.close();
});

/** Takes the order through the café's hands, each step after the last is seen. */
async function serve(orderId: string): Promise<void> {
  const input = { orderId };
  const { startPreparing } = await manager.mutate(StartPreparing, { input });
  expect(startPreparing.userErrors).toEqual([]);
  const { markReady } = await manager.mutate(MarkReady, { input });
  expect(markReady.userErrors).toEqual([]);
  const { markCollected } = await manager.mutate(MarkCollected, { input });
  expect(markCollected.userErrors).toEqual([]);
}

describe('a coffee', () => {
  it('is ordered, watched, made and collected through one graph', async () => {
    const customer = await newCustomer(test.url, '20.00');
    const placed = await place(customer);
    expect(placed.userErrors).toEqual([]);
    const orderId = placed.order!.id;

    const updates = customer.subscribe(WatchAcrossSubgraphs, { orderId, after: '0' });
    const seen: string[] = [];
    for await (const { orderStatusChanged: change } of updates) {
      seen.push(change.status);
      expect(change.order).toMatchObject({
        id: orderId,
        cafe: { name: expect.any(String) },
        customer: { name: 'Guest' },
        lines: [{ quantity: 1, product: { name: 'Flat White' } }],
      });
      if (change.status === 'CONFIRMED') await serve(orderId);
    }
    expect(seen).toEqual(['PLACED', 'RESERVED', 'CONFIRMED', 'PREPARING', 'READY', 'COLLECTED']);
    expect(await orderOf(customer, orderId)).toMatchObject({
      status: 'COLLECTED',
      total: dollars('4.14'),
    });

    await test.crema.settle();
    const { me } = await customer.query(MyWallet);
    expect(me?.wallet).toMatchObject({ balance: dollars('15.86'), held: dollars('0.00') });
    const { me: notified } = await customer.query(MyNotifications, {});
    expect(notified?.notifications?.nodes.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['ORDER_CONFIRMED', 'ORDER_READY']),
    );
    await customer.close();
  });

  it('is watched from its present state on, and from any event on without a gap', async () => {
    const customer = await newCustomer(test.url, '20.00');
    const orderId = (await place(customer)).order!.id;
    await test.crema.settle();

    const fromNow = customer.subscribe(WatchAcrossSubgraphs, { orderId });
    const first = await fromNow.next();
    expect(first.value?.orderStatusChanged.status).toBe('CONFIRMED');
    await serve(orderId);
    const rest: string[] = [];
    for await (const { orderStatusChanged } of fromNow) rest.push(orderStatusChanged.status);
    expect(rest).toEqual(['PREPARING', 'READY', 'COLLECTED']);

    const all = [];
    for await (const { orderStatusChanged } of customer.subscribe(WatchAcrossSubgraphs, {
      orderId,
      after: '0',
    })) {
      all.push(orderStatusChanged);
    }
    const resumed = [];
    for await (const { orderStatusChanged } of customer.subscribe(WatchAcrossSubgraphs, {
      orderId,
      after: all[2]!.eventId,
    })) {
      resumed.push(orderStatusChanged.status);
    }
    expect(resumed).toEqual(['PREPARING', 'READY', 'COLLECTED']);
    await customer.close();
  });

  it('costs what was quoted', async () => {
    const customer = await newCustomer(test.url, '50.00');
    const order = coffee({
      lines: [
        { productId: ids.latte, quantity: 2 },
        { productId: ids.croissant, quantity: 3 },
      ],
      tip: dollars('1.50'),
    });
    const { quoteOrder } = await customer.query(QuoteOrder, { input: order });
    expect(quoteOrder.userErrors).toEqual([]);
    expect(quoteOrder).toMatchObject({
      subtotal: dollars('18.00'),
      tax: dollars('1.60'),
      tip: dollars('1.50'),
      total: dollars('21.10'),
    });
    const { placeOrder } = await customer.mutate(PlaceOrder, {
      input: { idempotencyKey: newKey(), order, expectedTotal: dollars('21.10') },
    });
    expect(placeOrder.order?.total).toMatchObject(dollars('21.10'));
    const { placeOrder: refused } = await customer.mutate(PlaceOrder, {
      input: { idempotencyKey: newKey(), order, expectedTotal: dollars('21.09') },
    });
    expect(refused.userErrors).toMatchObject([{ code: 'TOTAL_CHANGED', field: ['expectedTotal'] }]);
    await customer.close();
  });
});
