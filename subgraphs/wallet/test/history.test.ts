import { closeTestSubgraphs } from '@crema/kit/testing';
import { SIGN } from '../src/types/wallet-transaction-kind.ts';
import { ADMIN, createTestWallet, emailOf, minorOf, type MovementAnswer } from './support.ts';

afterEach(closeTestSubgraphs);

interface Page {
  transactions: {
    nodes: MovementAnswer[];
    edges: { cursor: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

const busyShop = async () => {
  const shop = await createTestWallet();
  await shop.signUp('ada', 'bob');
  await shop.deposit('ada', '100');
  for (let order = 1; order <= 12; order++) await shop.due(`o${order}`, 'ada', order * 10);
  await shop.transfer('ada', emailOf('bob'), '3');
  await shop.withdraw('ada', '2');
  await shop.close('o3', 'ada', 30);
  await shop.transfer('bob', emailOf('ada'), '1');
  return shop;
};

describe('the history of a wallet', () => {
  it('adds up: each balance is the last one and the movement', async () => {
    const shop = await busyShop();
    for (const name of ['ada', 'bob']) {
      let balance = 0;
      for (const { kind, amount, balanceAfter } of (await shop.history(name)).reverse()) {
        balance += SIGN[kind as keyof typeof SIGN] * minorOf(amount);
        expect(minorOf(balanceAfter)).toBe(balance);
      }
      const [available, held] = await shop.money(name);
      expect(available + held).toBe(balance);
    }
  });

  it('comes in pages, newest first, without a gap or a double, while more is added', async () => {
    const shop = await busyShop();
    const all = await shop.history('ada');
    expect(all).toHaveLength(17);
    expect(all.map(({ kind }) => kind).slice(0, 4)).toEqual([
      'TRANSFER_IN',
      'REFUND',
      'WITHDRAWAL',
      'TRANSFER_OUT',
    ]);
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { transactions } = (await shop.own(
        'ada',
        `{ transactions(first: 5, after: ${JSON.stringify(after)}) { nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
      )) as Page;
      expect(transactions.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(transactions.pageInfo.endCursor).toBe(transactions.edges.at(-1)!.cursor);
      seen.push(...transactions.nodes.map(({ id }) => id));
      await shop.deposit('ada', '1');
      if (!transactions.pageInfo.hasNextPage) break;
      after = transactions.pageInfo.endCursor;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('reads 20 unless told, and refuses wrong pages', async () => {
    const shop = await busyShop();
    for (let i = 0; i < 5; i++) await shop.deposit('ada', '1');
    const page = (await shop.own(
      'ada',
      '{ transactions { nodes { id } pageInfo { hasNextPage } } }',
    )) as Page;
    expect(page.transactions.nodes).toHaveLength(20);
    expect(page.transactions.pageInfo.hasNextPage).toBe(true);
    await expect(shop.own('ada', '{ transactions(first: 101) { nodes { id } } }')).rejects.toThrow(
      'first',
    );
    await expect(shop.own('ada', '{ transactions(after: "x") { nodes { id } } }')).rejects.toThrow(
      'after',
    );
  });

  it('of an unopened wallet is empty', async () => {
    const shop = await createTestWallet();
    expect(await shop.history('ada')).toEqual([]);
  });

  it.each([2, 40])('of %i wallets is read in a constant number of statements', async (count) => {
    const shop = await createTestWallet();
    const names = Array.from({ length: count }, (_, index) => `user-${index}`);
    for (const name of names) {
      await shop.deposit(name, '1');
      await shop.deposit(name, '2');
    }
    shop.test.statements.length = 0;
    const { data } = await shop.test.ask(
      ADMIN,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { wallet {
        balance { amount } held { amount } available { amount } transactions(first: 1) { nodes { amount { amount } } pageInfo { hasNextPage } } } } } }`,
      { r: names.map((id) => ({ __typename: 'User', id })) },
    );
    expect((data as { _entities: unknown[] })._entities).toEqual(
      names.map(() => ({
        wallet: {
          balance: { amount: '3.00' },
          held: { amount: '0.00' },
          available: { amount: '3.00' },
          transactions: {
            nodes: [{ amount: { amount: '2.00' } }],
            pageInfo: { hasNextPage: true },
          },
        },
      })),
    );
    expect(shop.test.statements).toHaveLength(4);
  });

  it('reads the present after each mutation of one request', async () => {
    const shop = await createTestWallet();
    const deposit = (alias: string) =>
      `${alias}: depositFunds(input: { idempotencyKey: "${alias}", amount: { amount: "1", currencyCode: "USD" }, paymentToken: "tok_visa" }) {
        wallet { balance { amount } transactions { nodes { balanceAfter { amount } } } } }`;
    const { data } = await shop.test.ask(
      { sub: 'ada' },
      `mutation { ${deposit('a')} ${deposit('b')} }`,
    );
    expect(data).toMatchObject({
      a: { wallet: { balance: { amount: '1.00' }, transactions: { nodes: [{}] } } },
      b: { wallet: { balance: { amount: '2.00' }, transactions: { nodes: [{}, {}] } } },
    });
  });
});
