import {
  CafeStock,
  graphql,
  MyWallet,
  PauseOrdering,
  PlaceOrder,
  QuoteOrder,
  ResumeOrdering,
} from '@crema/sdk';
import {
  coffee,
  dollars,
  ids,
  newCustomer,
  newKey,
  orderOf,
  place,
  scarceProduct,
  signIn,
  startCrema,
  type TestCrema,
} from './support.ts';

let test: TestCrema;

beforeAll(async () => {
  test = await startCrema();
});

afterAll(() => test.close());

const CloseForGood = graphql(`
  mutation CloseForGood($cafeId: ID!) {
    setOpeningHours(cafeId: $cafeId, hours: [], special: []) {
      cafe {
        isOpen
      }
      userErrors {
        code
        message
      }
    }
  }
`);

async function availableOf(ingredientId: string) {
  const admin = await signIn(test.url, 'admin');
  const { cafe } = await admin.query(CafeStock, { cafeId: ids.lowerManhattan });
  await admin.close();
  return cafe?.stock?.find(({ ingredient }) => ingredient.id === ingredientId);
}

describe('many at once', () => {
  it('make one order of one idempotency key, and none of another input', async () => {
    const customer = await newCustomer(test.url, '100.00');
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => place(customer, coffee(), key)),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(answers.map(({ order }) => order!.id)).size).toBe(1);

    const other = await place(
      customer,
      coffee({ lines: [{ productId: ids.flatWhite, quantity: 2 }] }),
      key,
    );
    expect(other.order).toBeNull();
    expect(other.userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
    ]);
    await test.crema.settle();
    const { me } = await customer.query(MyWallet);
    expect(me?.wallet?.balance).toMatchObject(dollars('95.86'));
    await customer.close();
  });

  it('get the last portion once; the others are told so and pay nothing', async () => {
    const { productId, ingredientId } = await scarceProduct(test, 1);
    const customer = await newCustomer(test.url, '1000.00');
    const order = coffee({ lines: [{ productId, quantity: 1 }] });
    const placed = await Promise.all(Array.from({ length: 50 }, () => place(customer, order)));
    expect(placed.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    await test.crema.settle();

    const orders = await Promise.all(placed.map((each) => orderOf(customer, each.order!.id)));
    const confirmed = orders.filter(({ status }) => status === 'CONFIRMED');
    const rejected = orders.filter(({ status }) => status === 'REJECTED');
    expect([confirmed.length, rejected.length]).toEqual([1, 49]);
    expect(new Set(rejected.map(({ closedReason }) => closedReason))).toEqual(
      new Set(['OUT_OF_STOCK']),
    );
    const { me } = await customer.query(MyWallet);
    expect(me?.wallet).toMatchObject({ balance: dollars('996.73'), held: dollars('0.00') });
    expect(await availableOf(ingredientId)).toMatchObject({ reserved: '1', available: '0' });
    await customer.close();
  });
});

describe('an order that cannot be', () => {
  it('is rejected without funds, and its stock is free again', async () => {
    const { productId, ingredientId } = await scarceProduct(test, 5);
    const customer = await newCustomer(test.url, '1.00');
    const placed = await place(customer, coffee({ lines: [{ productId, quantity: 2 }] }));
    await test.crema.settle();
    expect(await orderOf(customer, placed.order!.id)).toMatchObject({
      status: 'REJECTED',
      closedReason: 'INSUFFICIENT_FUNDS',
    });
    expect(await availableOf(ingredientId)).toMatchObject({ reserved: '0', available: '5' });
    const { me } = await customer.query(MyWallet);
    expect(me?.wallet?.balance).toMatchObject(dollars('1.00'));
    await customer.close();
  });

  it('is refused at quote and at placing while the café is paused or closed', async () => {
    const customer = await newCustomer(test.url, '20.00');
    const admin = await signIn(test.url, 'admin');
    const refusedBoth = async (order: ReturnType<typeof coffee>) => {
      await test.crema.settle();
      const { quoteOrder } = await customer.query(QuoteOrder, { input: order });
      expect(quoteOrder.userErrors).toMatchObject([{ code: 'CAFE_CLOSED', field: ['cafeId'] }]);
      const { placeOrder } = await customer.mutate(PlaceOrder, {
        input: { idempotencyKey: newKey(), order },
      });
      expect(placeOrder.order).toBeNull();
      expect(placeOrder.userErrors).toMatchObject([
        { code: 'CAFE_CLOSED', field: ['order', 'cafeId'] },
      ]);
    };

    await admin.mutate(PauseOrdering, { cafeId: ids.lowerManhattan, reason: 'The grinder broke.' });
    await refusedBoth(coffee());
    await admin.mutate(ResumeOrdering, { cafeId: ids.lowerManhattan });
    await test.crema.settle();
    expect((await place(customer)).userErrors).toEqual([]);

    const { setOpeningHours } = await admin.mutate(CloseForGood, { cafeId: ids.hellsKitchen });
    expect(setOpeningHours).toMatchObject({ cafe: { isOpen: false }, userErrors: [] });
    await refusedBoth(coffee({ cafeId: ids.hellsKitchen }));
    await Promise.all([admin.close(), customer.close()]);
  });
});
