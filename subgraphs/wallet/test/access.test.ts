import type { CallerClaims } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import {
  ADMIN,
  BARISTA,
  createTestWallet,
  emailOf,
  walletIdOf,
  type TestWallet,
} from './support.ts';

afterEach(closeTestSubgraphs);

const ENTITY = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Wallet { id owner { id } available { amount } }
  ... on WalletTransaction { id amount { amount } counterparty { id } }
} }`;

const STRANGERS: [string, CallerClaims | null][] = [
  ['a visitor', null],
  ['a stranger', { sub: 'eve' }],
  ['staff', BARISTA],
  ['a manager', { ...BARISTA, sub: 'manager', scope: `${BARISTA.scope} orders:refund users:read` }],
];
const READERS: [string, CallerClaims | null][] = [
  ['its owner', { sub: 'ada' }],
  ['an administrator', ADMIN],
];

const shopWithTransfer = async () => {
  const shop = await createTestWallet();
  await shop.signUp('ada', 'bob', 'eve');
  await shop.deposit('ada', '10');
  const { transaction } = await shop.transfer('ada', emailOf('bob'), '4');
  return { shop, transactionId: transaction!.id };
};

const entities = async (shop: TestWallet, caller: CallerClaims | null, transactionId: string) => {
  const { data, errors } = await shop.test.ask(caller, ENTITY, {
    r: [
      { __typename: 'Wallet', id: walletIdOf('ada') },
      { __typename: 'WalletTransaction', id: transactionId },
    ],
  });
  expect(errors).toBeUndefined();
  return (data as { _entities: unknown[] })._entities;
};

describe('a wallet', () => {
  it.each(STRANGERS)('is absent for %s', async (_, caller) => {
    const { shop, transactionId } = await shopWithTransfer();
    expect(await shop.own('ada', '{ id }', caller)).toBeNull();
    expect(await entities(shop, caller, transactionId)).toEqual([null, null]);
    const { data, errors } = await shop.test.ask(
      caller,
      'query ($id: ID!) { wallet(id: $id) { id } }',
      {
        id: walletIdOf('ada'),
      },
    );
    expect(data).toEqual({ wallet: null });
    expect(errors).toMatchObject([
      { extensions: { code: caller ? 'FORBIDDEN' : 'UNAUTHENTICATED' } },
    ]);
  });

  it.each(READERS)('is seen by %s', async (_, caller) => {
    const { shop, transactionId } = await shopWithTransfer();
    expect(await shop.own('ada', '{ available { amount } }', caller)).toEqual({
      available: { amount: '6.00' },
    });
    expect(await entities(shop, caller, transactionId)).toEqual([
      { id: walletIdOf('ada'), owner: { id: 'ada' }, available: { amount: '6.00' } },
      { id: transactionId, amount: { amount: '4.00' }, counterparty: { id: 'bob' } },
    ]);
  });

  it('hides one side of a transfer from the other', async () => {
    const { shop, transactionId } = await shopWithTransfer();
    expect(await entities(shop, { sub: 'bob' }, transactionId)).toEqual([null, null]);
  });

  it('by its id is for administrators, not even for its owner', async () => {
    const { shop } = await shopWithTransfer();
    const query =
      'query ($id: ID!) { wallet(id: $id) { owner { id wallet { available { amount } } } } }';
    const id = walletIdOf('ada');
    const { errors } = await shop.test.ask({ sub: 'ada' }, query, { id });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const { data } = await shop.test.ask(ADMIN, query, { id });
    expect(data).toEqual({
      wallet: { owner: { id: 'ada', wallet: { available: { amount: '6.00' } } } },
    });
    expect((await shop.test.ask(ADMIN, query, { id: 'none' })).data).toEqual({ wallet: null });
  });

  it('of somebody who never came is absent for administrators', async () => {
    const { shop } = await shopWithTransfer();
    expect(await shop.own('nobody', '{ id }', ADMIN)).toBeNull();
  });

  it('never tells an e-mail', async () => {
    const shop = await createTestWallet();
    const { data } = await shop.test.ask(ADMIN, '{ _service { sdl } }');
    const { sdl } = (data as { _service: { sdl: string } })._service;
    expect(sdl.match(/\w*email\w*(?=:)/gi)).toEqual(['toEmail']);
  });
});

describe('mutations', () => {
  it.each([
    ['depositFunds', 'paymentToken: "tok_visa"'],
    ['withdrawFunds', 'payoutToken: "tok_visa"'],
    ['transferFunds', 'toEmail: "bob@crema.test"'],
  ])('%s is not for visitors', async (field, rest) => {
    const shop = await createTestWallet();
    const { errors } = await shop.test.ask(
      null,
      `mutation { ${field}(input: { idempotencyKey: "k", amount: { amount: "1", currencyCode: "USD" }, ${rest} }) { userErrors { code } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('the change of a wallet', () => {
  it('is not told to visitors', async () => {
    const shop = await createTestWallet();
    const changes = await shop.test.watch(null, 'subscription { walletChanged { id } }');
    expect((await changes.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it("is told to its owner, from the present on, and never another's", async () => {
    const { shop } = await shopWithTransfer();
    const query =
      'subscription { walletChanged { id available { amount } held { amount } transactions(first: 1) { nodes { kind } } } }';
    const changes = await shop.test.watch({ sub: 'ada' }, query);
    const next = async () =>
      ((await changes.next()).value as { data: { walletChanged: unknown } }).data.walletChanged;
    const ada = (available: string, held: string, kind: string) => ({
      id: walletIdOf('ada'),
      available: { amount: available },
      held: { amount: held },
      transactions: { nodes: [{ kind }] },
    });
    expect(await next()).toEqual(ada('6.00', '0.00', 'TRANSFER_OUT'));
    await shop.deposit('eve', '5');
    await shop.due('o1', 'ada', 100);
    expect(await next()).toEqual(ada('5.00', '0.00', 'PAYMENT'));
    await shop.deposit('eve', '5');
    await shop.transfer('eve', emailOf('ada'), '2');
    expect(await next()).toEqual(ada('7.00', '0.00', 'TRANSFER_IN'));
    await shop.due('o2', 'ada', 9999);
    await shop.withdraw('ada', '3', { token: 'tok_timeout' });
    expect(await next()).toEqual(ada('4.00', '3.00', 'TRANSFER_IN'));
    await changes.return();
  });

  it('begins with an empty wallet for who has signed up a moment ago', async () => {
    const shop = await createTestWallet();
    const changes = await shop.test.watch(
      { sub: 'ada' },
      'subscription { walletChanged { balance { amount } } }',
    );
    expect((await changes.next()).value).toEqual({
      data: { walletChanged: { balance: { amount: '0.00' } } },
    });
    const next = changes.next();
    await shop.deposit('ada', '5');
    expect((await next).value).toEqual({
      data: { walletChanged: { balance: { amount: '5.00' } } },
    });
    await changes.return();
  });

  it('misses nothing and never goes back while much happens', async () => {
    const shop = await createTestWallet();
    const working = Promise.all(Array.from({ length: 30 }, () => shop.deposit('ada', '1')));
    const changes = await shop.test.watch(
      { sub: 'ada' },
      'subscription { walletChanged { balance { amount } } }',
    );
    await working;
    const seen: number[] = [];
    while (seen.at(-1) !== 30) {
      const { value } = await changes.next();
      const { data } = value as { data: { walletChanged: { balance: { amount: string } } } };
      seen.push(Number(data.walletChanged.balance.amount));
    }
    expect(seen).toEqual(
      Array.from({ length: seen.length }, (_, index) => 31 - seen.length + index),
    );
    await changes.return();
  });
});
