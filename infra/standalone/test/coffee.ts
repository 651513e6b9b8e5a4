import {
  graphql,
  MarkCollected,
  MarkReady,
  MyNotifications,
  MyWallet,
  StartPreparing,
  type Crema as Client,
} from '@crema/sdk';
import { dollars, newCustomer, orderOf, place } from './support.ts';

export const WatchAcrossSubgraphs = graphql(`
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

/** Every status of an order's life when nothing goes wrong. */
export const WHOLE_LIFE = ['PLACED', 'RESERVED', 'CONFIRMED', 'PREPARING', 'READY', 'COLLECTED'];

/** Takes the order through the café's hands, each step after the last is seen. */
export async function serve(manager: Client, orderId: string): Promise<void> {
  const input = { orderId };
  const { startPreparing } = await manager.mutate(StartPreparing, { input });
  expect(startPreparing.userErrors).toEqual([]);
  const { markReady } = await manager.mutate(MarkReady, { input });
  expect(markReady.userErrors).toEqual([]);
  const { markCollected } = await manager.mutate(MarkCollected, { input });
  expect(markCollected.userErrors).toEqual([]);
}

/**
 * The main flow: somebody signs up, pays in, orders a flat white, watches it live until it is collected, has
 * paid for it and was told of it. `followed` waits for what follows from facts, and checks it.
 */
export async function coffeeFromSignUpToCollected(
  url: string,
  manager: Client,
  followed: (check: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const customer = await newCustomer(url, '20.00');
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
    if (change.status === 'CONFIRMED') await serve(manager, orderId);
  }
  expect(seen).toEqual(WHOLE_LIFE);
  expect(await orderOf(customer, orderId)).toMatchObject({
    status: 'COLLECTED',
    total: dollars('4.14'),
  });

  await followed(async () => {
    const { me } = await customer.query(MyWallet);
    expect(me?.wallet).toMatchObject({ balance: dollars('15.86'), held: dollars('0.00') });
    const { me: notified } = await customer.query(MyNotifications, {});
    expect(notified?.notifications?.nodes.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['ORDER_CONFIRMED', 'ORDER_READY']),
    );
  });
  await customer.close();
}
