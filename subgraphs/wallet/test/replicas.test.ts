import type { LiveSubscription } from '@crema/kit';
import { closeTestSubgraphs, createTestSubgraph, takesNothing } from '@crema/kit/testing';
import { wallet } from '../src/subgraph.ts';
import { createTestWallet, minorOf, type Amount } from './support.ts';

afterEach(closeTestSubgraphs);

const ada = { sub: 'ada' };
const WATCH = 'subscription { walletChanged { available { amount } held { amount } } }';
const DEPOSIT = `mutation { depositFunds(input: { idempotencyKey: "k", paymentToken: "tok_visa",
  amount: { amount: "5.00", currencyCode: "USD" } }) { userErrors { code } } }`;

/** [available, held] in minor units, as it is told next. */
async function next(changes: LiveSubscription<{ data?: unknown }>): Promise<[number, number]> {
  const { value } = await changes.next();
  const { walletChanged } = value.data as {
    walletChanged: { available: Amount; held: Amount };
  };
  return [minorOf(walletChanged.available), minorOf(walletChanged.held)];
}

async function createTwo(provider?: Parameters<typeof createTestWallet>[0]) {
  const shop = await createTestWallet({ ...provider, isShared: true });
  await shop.signUp('ada', 'bob');
  await shop.deposit('ada', '10.00');
  return { shop, other: await createTestSubgraph(wallet, { replicaOf: shop.test }) };
}

describe('live updates of two processes', () => {
  it('tell every kind of change to who listens at the other', async () => {
    const { shop, other } = await createTwo();
    const changes = await other.watch(ada, WATCH);
    expect(await next(changes)).toEqual([1_000, 0]);
    await shop.deposit('ada', '2.00');
    expect(await next(changes)).toEqual([1_200, 0]);
    await shop.transfer('ada', 'bob@crema.test', '1.00');
    expect(await next(changes)).toEqual([1_100, 0]);
    await shop.transfer('bob', 'ada@crema.test', '0.50');
    expect(await next(changes)).toEqual([1_150, 0]);
    await shop.due('order', 'ada', 400);
    expect(await next(changes)).toEqual([750, 0]);
    await shop.close('order', 'ada', 400);
    expect(await next(changes)).toEqual([1_150, 0]);
  });

  it('tell of money that is held while the provider is asked, and of its end', async () => {
    let refuse = (): void => undefined;
    const { shop, other } = await createTwo({
      provider: (builtIn) => ({
        name: builtIn.name,
        charge: (...asked) => builtIn.charge(...asked),
        find: (id) => builtIn.find(id),
        payOut: () =>
          new Promise((resolve) => {
            refuse = () => resolve('DECLINED');
          }),
      }),
    });
    const changes = await other.watch(ada, WATCH);
    expect(await next(changes)).toEqual([1_000, 0]);
    const withdrawn = shop.withdraw('ada', '3.00');
    expect(await next(changes)).toEqual([700, 300]);
    refuse();
    await withdrawn;
    expect(await next(changes)).toEqual([1_000, 0]);
  });

  it('outlive who is killed between its commit and telling of it', async () => {
    const { shop } = await createTwo();
    const changes = await shop.test.watch(ada, WATCH);
    expect(await next(changes)).toEqual([1_000, 0]);
    const killed = await createTestSubgraph(wallet, {
      replicaOf: shop.test,
      through: takesNothing,
    });
    expect((await killed.ask(ada, DEPOSIT)).errors).toBeUndefined();
    await killed.close();
    await shop.test.settle();
    expect(await next(changes)).toEqual([1_500, 0]);
  });
});
