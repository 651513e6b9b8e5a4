import { requirement, serviceUrl } from '@crema/check';
import { CALLER_HEADER, signCaller, systemClock, type CallerClaims } from '@crema/kit';
import type { Crema as Client } from '@crema/sdk';
import { MyWallet } from '@crema/sdk';
import { subgraphs } from '@crema/standalone';
import { createClient } from 'graphql-ws';
import { decodeJwt } from 'jose';
import { WebSocket } from 'ws';
import { coffeeFromSignUpToCollected, serve, WHOLE_LIFE } from '../../standalone/test/coffee.ts';
import { dollars, newCustomer, place, signIn } from '../../standalone/test/support.ts';
import { secretsIn } from '../src/secrets.ts';
import { checkBooks, readLog } from './books.ts';
import { eventually, itExplains, startTest, type TestDistributed } from './support.ts';

const [mongodb, kafka, redis] = (['mongodb', 'kafka', 'redis'] as const).map(serviceUrl);
const CUSTOMERS = 4;
const ORDERS_EACH = 10;

describe.each(['mysql', 'postgres'] as const)('two replicas of every subgraph, on %s', (engine) => {
  const sql = serviceUrl(engine);
  const servers = sql && mongodb && kafka && redis ? { sql, mongodb, kafka, redis } : null;

  requirement('services', servers !== null)('at once', () => {
    let test: TestDistributed;
    let manager: Client;
    const it = itExplains(() => test);

    beforeAll(async () => {
      const replicas = new Map(subgraphs.map(({ name }) => [name, 2]));
      test = await startTest(servers!, { replicas });
      manager = await eventually(() => signIn(test.url, 'manager'));
    }, 240_000);

    afterAll(async () => {
      await manager?.close();
      await test?.remove();
    }, 120_000);

    it('serve many coffees at the same time, and each is watched to its end', async () => {
      await Promise.all(
        Array.from({ length: 6 }, () => coffeeFromSignUpToCollected(test.url, manager, eventually)),
      );
    }, 120_000);

    it('tell the whole life of an order at either replica, whichever has changed it', async () => {
      const customer = await newCustomer(test.url, '20.00');
      const claims = decodeJwt(customer.session.accessToken!) as unknown as CallerClaims;
      const orderId = (await place(customer)).order!.id;

      const watching = test.processes
        .filter(({ plan }) => plan.part === 'orders')
        .map(({ plan }) => watch(plan.port, orderId, claims, test.scratch.folder));
      expect(watching).toHaveLength(2);
      await Promise.all(watching.map(({ reached }) => reached('CONFIRMED')));
      await serve(manager, orderId);

      for (const { life } of watching) expect(await life).toEqual(WHOLE_LIFE);
      await customer.close();
    }, 60_000);

    it('lose no update and relay no event twice', async () => {
      const price = 4.14;
      const customers = await Promise.all(
        Array.from({ length: CUSTOMERS }, () => newCustomer(test.url, '100.00')),
      );
      await Promise.all(
        customers.map((customer) =>
          Promise.all(
            Array.from({ length: ORDERS_EACH }, async () => {
              expect((await place(customer)).userErrors).toEqual([]);
            }),
          ),
        ),
      );
      const left = dollars((100 - ORDERS_EACH * price).toFixed(2));
      for (const customer of customers) {
        await eventually(async () => {
          const { me } = await customer.query(MyWallet);
          expect(me?.wallet).toMatchObject({ balance: left, held: dollars('0.00') });
        });
        await customer.close();
      }

      await checkBooks(test.scratch);
      const { times, buried } = await readLog(test.scratch);
      expect(buried).toEqual([]);
      expect(times.size).toBeGreaterThan(CUSTOMERS * ORDERS_EACH * 4);
      expect([...times].filter(([, count]) => count > 1)).toEqual([]);
    }, 120_000);
  });
});

/** Watches an order at one process itself, past the router. */
function watch(port: number, orderId: string, claims: CallerClaims, folder: string) {
  const client = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: async () => ({
      headers: {
        [CALLER_HEADER]: await signCaller(secretsIn(folder).CALLER_SECRET, claims, systemClock),
      },
    }),
  });
  const seen: string[] = [];
  const life = (async () => {
    const query = `subscription ($orderId: ID!) {
      orderStatusChanged(orderId: $orderId, after: "0") { status }
    }`;
    for await (const { data, errors } of client.iterate<{
      orderStatusChanged: { status: string };
    }>({ query, variables: { orderId } })) {
      if (!data) throw new Error(JSON.stringify(errors));
      seen.push(data.orderStatusChanged.status);
    }
    await client.dispose();
    return seen;
  })();
  const reached = (status: string) => eventually(async () => expect(seen).toContain(status));
  return { life, reached };
}
