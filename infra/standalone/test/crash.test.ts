import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { verifyStock } from '@crema/inventory';
import { graphql, type Crema as Client } from '@crema/sdk';
import { verifyLedger } from '@crema/wallet';
import { chance } from './chance.ts';
import { startChild, type Child } from './child.ts';
import { coffee, newCustomer, orderOf, place, signIn } from './support.ts';
import { readConfig } from '../src/config.ts';
import { openCrema } from '../src/standalone.ts';

const KILLS = 20;
const CUSTOMERS = 4;

/** The states in which nothing is left to do but by a person. */
const AT_REST = ['CONFIRMED', 'PREPARING', 'READY', 'COLLECTED', 'REJECTED', 'CANCELLED'];

const OrdersOf = graphql(`
  query OrdersOf($after: String) {
    me {
      wallet {
        held {
          amount
        }
      }
      orders(first: 100, after: $after) {
        nodes {
          id
          status
          total {
            amount
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

describe('kill -9 while orders flow', () => {
  let folder: string;
  let child: Child | null = null;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'crema-crash-'));
  });

  afterAll(async () => {
    await child?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`${KILLS} times loses neither money nor stock nor an order`, async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`SEED=${seed} repeats the moments of the kills`);
    const next = chance(seed);

    child = await startChild({ DATA_DIR: folder });
    const tokens = await Promise.all(
      Array.from({ length: CUSTOMERS }, async () => {
        const customer = await newCustomer(child!.url, '10000.00');
        const token = customer.session.accessToken!;
        await customer.close();
        return token;
      }),
    );
    const accepted = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      child ??= await startChild({ DATA_DIR: folder });
      await orderUntilKilled(child, tokens, accepted, next, kill % 5 === 0);
      child = null;
    }

    expect(accepted.size).toBeGreaterThan(KILLS);
    await verify(folder, accepted, tokens);
  }, 300_000);
});

/** Customers order without a pause; at a random moment the process is gone. */
async function orderUntilKilled(
  child: Child,
  tokens: readonly string[],
  accepted: Set<string>,
  next: () => number,
  isEarly: boolean,
): Promise<void> {
  let alive = true;
  let flow: () => void = () => undefined;
  const flowing = new Promise<void>((resolve) => {
    flow = resolve;
  });
  const { createCrema } = await import('@crema/sdk');
  const ordering = tokens.map(async (token) => {
    const customer = createCrema({ url: child.url, token });
    while (alive) {
      try {
        const { order } = await place(customer, coffee());
        if (order) accepted.add(order.id);
        flow();
      } catch {
        // The process is gone, or going: whether this order was accepted is not known to the customer.
        if (!alive) return;
        await wait(5);
      }
    }
  });
  // The moment is what this test is about: as a rule while orders flow, now and then before the first is in.
  if (!isEarly) await flowing;
  await wait(next() * 400);
  await child.kill();
  alive = false;
  await Promise.all(ordering);
}

/** Starts once more, lets everything come to rest, and counts. */
async function verify(
  folder: string,
  accepted: ReadonlySet<string>,
  tokens: readonly string[],
): Promise<void> {
  const env = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test' };
  const crema = await openCrema(readConfig(env), env);
  try {
    await crema.settle();
    const { url } = await crema.listen();
    const admin = await signIn(url, 'admin');
    for (const id of accepted) {
      expect(AT_REST).toContain((await orderOf(admin, id)).status);
    }
    await admin.close();

    const { createCrema } = await import('@crema/sdk');
    for (const token of tokens) {
      const customer = createCrema({ url, token });
      for (const { status } of await allOrders(customer)) expect(AT_REST).toContain(status);
    }
    expect(await verifyLedger(crema.subgraphs.get('wallet')!.database!)).toMatchObject({
      differences: [],
    });
    expect(await verifyStock(crema.subgraphs.get('inventory')!.database!)).toEqual([]);
    expect(await crema.events.deadLetters()).toEqual([]);
  } finally {
    await crema.close();
  }
}

async function allOrders(customer: Client) {
  const all = [];
  let after: string | null = null;
  do {
    const { me }: Awaited<ReturnType<typeof ordersPage>> = await ordersPage(customer, after);
    expect(me?.wallet?.held.amount).toBe('0.00');
    all.push(...me!.orders!.nodes);
    after = me!.orders!.pageInfo.hasNextPage ? me!.orders!.pageInfo.endCursor : null;
  } while (after);
  return all;
}

const ordersPage = (customer: Client, after: string | null) => customer.query(OrdersOf, { after });
