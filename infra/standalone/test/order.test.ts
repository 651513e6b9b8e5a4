import { PlaceOrder, QuoteOrder, type Crema as Client } from '@crema/sdk';
import { coffeeFromSignUpToCollected, serve, WatchAcrossSubgraphs } from './coffee.ts';
import {
  coffee,
  dollars,
  ids,
  newCustomer,
  newKey,
  place,
  signIn,
  startCrema,
  type TestCrema,
} from './support.ts';

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

describe('a coffee', () => {
  it('is ordered, watched, made and collected through one graph', async () => {
    await coffeeFromSignUpToCollected(test.url, manager, async (check) => {
      await test.crema.settle();
      await check();
    });
  });

  it('is watched from its present state on, and from any event on without a gap', async () => {
    const customer = await newCustomer(test.url, '20.00');
    const orderId = (await place(customer)).order!.id;
    await test.crema.settle();

    const fromNow = customer.subscribe(WatchAcrossSubgraphs, { orderId });
    const first = await fromNow.next();
    expect(first.value?.orderStatusChanged.status).toBe('CONFIRMED');
    await serve(manager, orderId);
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
