import { graphql, MyWallet, RefundOrder, type Crema as Client } from '@crema/sdk';
import { verifyLedger } from '@crema/wallet';
import { serve } from './coffee.ts';
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

const RefundsOfOrder = graphql(`
  query RefundsOfOrder($id: ID!) {
    order(id: $id) {
      refunded {
        amount
      }
      refunds {
        amount {
          amount
        }
        subtotal {
          amount
        }
        tax {
          amount
        }
        tip {
          amount
        }
        lines {
          quantity
          line {
            id
          }
        }
        reason
        arrivedAt
        actor {
          name
        }
      }
    }
  }
`);

const WatchEstimate = graphql(`
  subscription WatchEstimate($orderId: ID!) {
    orderEstimateChanged(orderId: $orderId) {
      status
      estimatedReadyAt
      cafe {
        name
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

const walletOf = async (client: Client) =>
  (await client.query(MyWallet, {})).me?.wallet?.available.amount;

describe('refunds', () => {
  it('bring back exactly what was paid, piece by piece, to the wallet it came from', async () => {
    const customer = await newCustomer(test.url, '50.00');
    const lines = [
      { productId: ids.latte, quantity: 2 },
      { productId: ids.croissant, quantity: 3 },
    ];
    const placed = await place(customer, coffee({ lines, tip: dollars('1.50') }));
    const orderId = placed.order!.id;
    await test.crema.settle();
    await serve(manager, orderId);
    expect(await walletOf(customer)).toBe('28.90');

    const [latte] = (await orderOf(customer, orderId)).lines;
    const refund = async (rest: object) => {
      const input = { idempotencyKey: newKey(), orderId, reason: 'It was cold.', ...rest };
      const { refundOrder } = await manager.mutate(RefundOrder, { input });
      return refundOrder.userErrors.map(({ code }) => code);
    };
    expect(await refund({ lines: [{ lineId: latte!.id, quantity: 1 }] })).toEqual([]);
    expect(await refund({ amount: dollars('7.77') })).toEqual([]);
    expect(await refund({ lines: [{ lineId: latte!.id, quantity: 2 }] })).toEqual([
      'REFUND_EXCEEDS_ORDERED',
    ]);
    expect(await refund({})).toEqual([]);
    expect(await refund({ amount: dollars('0.01') })).toEqual(['NOTHING_TO_REFUND']);
    await test.crema.settle();

    expect(await walletOf(customer)).toBe('50.00');
    const { order } = await customer.query(RefundsOfOrder, { id: orderId });
    expect(order?.refunded).toEqual({ amount: '21.10' });
    const sumOf = (part: 'amount' | 'subtotal' | 'tax' | 'tip') =>
      order!.refunds.reduce((sum, each) => sum + Math.round(Number(each[part].amount) * 100), 0);
    expect([sumOf('amount'), sumOf('subtotal'), sumOf('tax'), sumOf('tip')]).toEqual([
      2110, 1800, 160, 150,
    ]);
    expect(order?.refunds).toMatchObject([
      { lines: [{ quantity: 1, line: { id: latte!.id } }], reason: 'It was cold.', actor: null },
      { amount: { amount: '7.77' }, lines: [] },
      { lines: [], arrivedAt: expect.any(String) },
    ]);
    const seen = await manager.query(RefundsOfOrder, { id: orderId });
    expect(seen.order?.refunds[0]?.actor?.name).toEqual(expect.any(String));
    expect((await verifyLedger(test.crema.subgraphs.get('wallet')!.database!)).differences).toEqual(
      [],
    );
    await customer.close();
  });
});

describe("an order's estimate", () => {
  it('is told live through one graph, until the order ends', async () => {
    const customer = await newCustomer(test.url, '20.00');
    const orderId = (await place(customer)).order!.id;
    await test.crema.settle();
    const estimates = customer.subscribe(WatchEstimate, { orderId });
    const { value } = await estimates.next();
    expect(value?.orderEstimateChanged).toMatchObject({
      status: 'CONFIRMED',
      estimatedReadyAt: expect.any(String),
      cafe: { name: expect.any(String) },
    });
    await serve(manager, orderId);
    const rest: string[] = [];
    for await (const { orderEstimateChanged } of estimates) rest.push(orderEstimateChanged.status);
    expect(rest.at(-1)).toBe('COLLECTED');
    await customer.close();
  });
});
