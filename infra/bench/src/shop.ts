import { stableId } from '@crema/kit';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { GraphQLCaller } from './graphql.ts';

const CAFE_ID = stableId('cafe/lower-manhattan');
const PASSWORD = 'espresso-macchiato-42';
const LATTE_AND_CROISSANT = {
  cafeId: CAFE_ID,
  lines: [
    {
      productId: stableId('product/latte'),
      quantity: 1,
      optionIds: [stableId('option/latte/milk/oat')],
    },
    { productId: stableId('product/butter-croissant'), quantity: 1 },
  ],
};
/** Facts that other subgraphs need before the first order are on their way for so long at most. */
const FIRST_ORDER_WITHIN_MS = 60_000;

/** Customers with enough money for a whole run, and the café's live queue. */
export class Shop {
  private readonly early = new Set<string>();
  private readonly waiting = new Map<string, () => void>();
  private tokens: readonly string[] = [];
  private readonly queue: Client;
  private begin: () => void = () => undefined;

  private constructor(
    private readonly caller: GraphQLCaller,
    url: string,
    private readonly barista: string,
  ) {
    this.queue = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${barista}` },
      lazy: false,
    });
  }

  static async open(url: string, customers: number): Promise<Shop> {
    const caller = new GraphQLCaller(url, customers);
    const barista = await signIn(caller, 'admin@crema.test');
    const shop = new Shop(caller, url, barista);
    await deposit(caller, barista, 'admin', 1);
    shop.tokens = await Promise.all(
      Array.from({ length: customers }, (_, index) => signUp(caller, index)),
    );
    await shop.watch();
    return shop;
  }

  /** Gives the order's id as soon as it is accepted. */
  place(customer: number, idempotencyKey: string): Promise<string> {
    return this.placeAs(this.tokens[customer]!, idempotencyKey);
  }

  /** Resolves when the queue has told that the order is confirmed. */
  confirmed(orderId: string): Promise<void> {
    return this.early.delete(orderId)
      ? Promise.resolve()
      : new Promise((resolve) => this.waiting.set(orderId, resolve));
  }

  async close(): Promise<void> {
    await this.queue.dispose();
    await this.caller.close();
  }

  private async placeAs(token: string, idempotencyKey: string): Promise<string> {
    const { placeOrder } = await this.caller.ask<{
      placeOrder: { order: { id: string } | null; userErrors: { code: string }[] };
    }>(
      `mutation Place($input: PlaceOrderInput!) {
        placeOrder(input: $input) { order { id number status total { amount } } userErrors { code } }
      }`,
      { input: { idempotencyKey, order: LATTE_AND_CROISSANT } },
      token,
    );
    if (!placeOrder.order) throw new Error(JSON.stringify(placeOrder.userErrors));
    return placeOrder.order.id;
  }

  /** Fails when an order is rejected. */
  private async watch(): Promise<void> {
    const begun = new Promise<void>((resolve) => {
      this.begin = resolve;
    });
    this.queue.subscribe<{ cafeQueueChanged: { status: string; order: { id: string } } }>(
      {
        query: `subscription Queue($cafeId: ID!) {
          cafeQueueChanged(cafeId: $cafeId, after: "0") { status order { id } }
        }`,
        variables: { cafeId: CAFE_ID },
      },
      {
        next: ({ data, errors }) => {
          if (!data) throw new Error(JSON.stringify(errors));
          this.hear(data.cafeQueueChanged);
        },
        error: (error) => {
          throw error;
        },
        complete: () => undefined,
      },
    );
    // The first order is history by the time the queue is watched: seeing it says that nothing is missed.
    const first = await this.placeFirst();
    await begun;
    await this.confirmed(first);
  }

  private hear({ status, order }: { status: string; order: { id: string } }): void {
    this.begin();
    if (status === 'REJECTED') throw new Error(`order ${order.id} was rejected`);
    if (status !== 'CONFIRMED') return;
    const resolve = this.waiting.get(order.id);
    this.waiting.delete(order.id);
    if (resolve) resolve();
    else this.early.add(order.id);
  }

  private async placeFirst(): Promise<string> {
    const end = performance.now() + FIRST_ORDER_WITHIN_MS;
    for (;;) {
      try {
        return await this.placeAs(this.barista, 'bench-first');
      } catch (error) {
        if (performance.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }
}

async function signIn(caller: GraphQLCaller, email: string): Promise<string> {
  const { signIn } = await caller.ask<{ signIn: { accessToken: string } }>(
    'mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken } }',
    { input: { email, password: PASSWORD } },
  );
  return signIn.accessToken;
}

/** A new customer with enough money for the whole run. */
async function signUp(caller: GraphQLCaller, index: number): Promise<string> {
  const { signUp } = await caller.ask<{ signUp: { accessToken: string } }>(
    'mutation SignUp($input: SignUpInput!) { signUp(input: $input) { accessToken } }',
    {
      input: { email: `bench-${index}@crema.test`, password: PASSWORD, name: `Customer ${index}` },
    },
  );
  await deposit(caller, signUp.accessToken, String(index), 10);
  return signUp.accessToken;
}

/** Ten thousand dollars, so many times. */
async function deposit(
  caller: GraphQLCaller,
  token: string,
  name: string,
  times: number,
): Promise<void> {
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
