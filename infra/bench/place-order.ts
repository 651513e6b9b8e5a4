/**
 * Orders per second from placed to CONFIRMED. Each customer places an order, sees it confirmed through the
 * café's live queue, and places the next.
 * Usage: npm run bench:place-order [-- SECONDS]
 */
import { stableId } from '@crema/kit';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Latencies, repeat } from './src/figures.ts';
import { GraphQLCaller } from './src/graphql.ts';
import { startServer } from './src/server.ts';

const SECONDS = Number(process.argv[2] ?? 10);
const CUSTOMERS = 50;
const CAFE_ID = stableId('cafe/lower-manhattan');
const PASSWORD = 'espresso-macchiato-42';

const server = await startServer();
const caller = new GraphQLCaller(server.url, CUSTOMERS);
try {
  const barista = await signIn('admin@crema.test');
  await deposit(barista, 'admin', 1);
  const tokens = await Promise.all(Array.from({ length: CUSTOMERS }, (_, index) => signUp(index)));
  const confirmed = await watchConfirmations(barista);
  let run = 0;

  for (const atOnce of [1, CUSTOMERS]) {
    await measure(atOnce, 2);
    const { orders, placed, done, seconds, cpu } = await measure(atOnce, SECONDS);
    console.log(`${atOnce} at once: ${(orders / seconds).toFixed(0)} orders/s confirmed`);
    console.log(`  answer to placeOrder: ${placed}`);
    console.log(`  placed to CONFIRMED:  ${done}`);
    if (cpu !== null) console.log(`  processor: ${((cpu * 1000) / orders).toFixed(2)} ms an order`);
  }
  console.log(`peak memory ${server.peakMemoryMb() ?? '?'} MB`);
  confirmed.stop();

  async function measure(atOnce: number, forSeconds: number) {
    const placed = new Latencies();
    const done = new Latencies();
    const cpuBefore = server.cpuSeconds();
    run += 1;
    let orders = 0;
    const seconds = await repeat(atOnce, forSeconds, async (worker) => {
      const start = performance.now();
      const id = await place(tokens[worker]!, `bench-${run}-${worker}-${orders++}`);
      placed.add(performance.now() - start);
      await confirmed.wait(id);
      done.add(performance.now() - start);
    });
    const cpuAfter = server.cpuSeconds();
    const cpu = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore;
    return { orders, placed, done, seconds, cpu };
  }
} finally {
  await caller.close();
  await server.stop();
}

async function place(token: string, idempotencyKey: string): Promise<string> {
  const { placeOrder } = await caller.ask<{
    placeOrder: { order: { id: string } | null; userErrors: { code: string }[] };
  }>(
    `mutation Place($input: PlaceOrderInput!) {
      placeOrder(input: $input) { order { id number status total { amount } } userErrors { code } }
    }`,
    {
      input: {
        idempotencyKey,
        order: {
          cafeId: CAFE_ID,
          lines: [
            {
              productId: stableId('product/latte'),
              quantity: 1,
              optionIds: [stableId('option/latte/milk/oat')],
            },
            { productId: stableId('product/butter-croissant'), quantity: 1 },
          ],
        },
      },
    },
    token,
  );
  if (!placeOrder.order) throw new Error(JSON.stringify(placeOrder.userErrors));
  return placeOrder.order.id;
}

async function signIn(email: string): Promise<string> {
  const { signIn } = await caller.ask<{ signIn: { accessToken: string } }>(
    'mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken } }',
    { input: { email, password: PASSWORD } },
  );
  return signIn.accessToken;
}

/** A new customer with enough money for the whole run. */
async function signUp(index: number): Promise<string> {
  const { signUp } = await caller.ask<{ signUp: { accessToken: string } }>(
    'mutation SignUp($input: SignUpInput!) { signUp(input: $input) { accessToken } }',
    {
      input: { email: `bench-${index}@crema.test`, password: PASSWORD, name: `Customer ${index}` },
    },
  );
  await deposit(signUp.accessToken, String(index), 10);
  return signUp.accessToken;
}

/** Ten thousand dollars, so many times. */
async function deposit(token: string, name: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    await caller.ask(
      'mutation Deposit($input: DepositFundsInput!) { depositFunds(input: $input) { userErrors { code } } }',
      {
        input: {
          idempotencyKey: `bench-${name}-${count}`,
          amount: { amount: '10000.00', currencyCode: 'USD' },
          paymentToken: 'tok_visa',
        },
      },
      token,
    );
  }
}

/** The barista's live queue: tells when an order is confirmed, and fails when one is rejected. */
async function watchConfirmations(token: string) {
  const early = new Set<string>();
  const waiting = new Map<string, () => void>();
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const client = createClient({
    url: server.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: false,
  });
  client.subscribe<{ cafeQueueChanged: { status: string; order: { id: string } } }>(
    {
      query: `subscription Queue($cafeId: ID!) {
        cafeQueueChanged(cafeId: $cafeId, after: "0") { status order { id } }
      }`,
      variables: { cafeId: CAFE_ID },
    },
    {
      next: ({ data, errors }) => {
        if (!data) throw new Error(JSON.stringify(errors));
        begin();
        const { status, order } = data.cafeQueueChanged;
        if (status === 'REJECTED') throw new Error(`order ${order.id} was rejected`);
        if (status !== 'CONFIRMED') return;
        const resolve = waiting.get(order.id);
        waiting.delete(order.id);
        if (resolve) resolve();
        else early.add(order.id);
      },
      error: (error) => {
        throw error;
      },
      complete: () => undefined,
    },
  );
  // The first order is history by the time the queue is watched: seeing it says that nothing is missed.
  const first = await place(token, 'bench-first');
  await begun;
  const wait = (orderId: string): Promise<void> =>
    early.delete(orderId)
      ? Promise.resolve()
      : new Promise((resolve) => waiting.set(orderId, resolve));
  await wait(first);
  return { wait, stop: () => void client.dispose() };
}
