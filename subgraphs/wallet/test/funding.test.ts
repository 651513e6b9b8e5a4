import { closeTestSubgraphs } from '@crema/kit/testing';
import { FundsDeposited, FundsWithdrawn } from '@crema/schema/events';
import { createTestWallet, walletIdOf } from './support.ts';

afterEach(closeTestSubgraphs);

describe('a deposit', () => {
  it('adds to the wallet, tells of it and stands in the history', async () => {
    const shop = await createTestWallet();
    await shop.signUp('ada');
    const answer = await shop.deposit('ada', '25.50');
    expect(answer).toEqual({
      wallet: {
        id: walletIdOf('ada'),
        balance: { amount: '25.50' },
        held: { amount: '0.00' },
        available: { amount: '25.50', currencyCode: 'USD' },
      },
      transaction: expect.objectContaining({
        kind: 'DEPOSIT',
        amount: { amount: '25.50' },
        balanceAfter: { amount: '25.50' },
        description: 'Deposit from card',
      }),
      userErrors: [],
    });
    expect(await shop.test.published(FundsDeposited)).toEqual([
      expect.objectContaining({
        key: walletIdOf('ada'),
        data: expect.objectContaining({
          userId: 'ada',
          transactionId: answer.transaction!.id,
          amount: { minor: 2550, currency: 'USD' },
        }),
      }),
    ]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('works before the news of the sign-up has arrived, and the news changes nothing', async () => {
    const shop = await createTestWallet();
    expect(await shop.money('ada')).toEqual([0, 0]);
    await shop.deposit('ada', '10');
    await shop.signUp('ada');
    expect(await shop.money('ada')).toEqual([1000, 0]);
  });

  it('is made once for one key, however often and concurrently it is asked for', async () => {
    const shop = await createTestWallet();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => shop.deposit('ada', '10.00', { key: 'k' })),
    );
    answers.push(await shop.deposit('ada', '10', { key: 'k' }));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect(await shop.test.published(FundsDeposited)).toHaveLength(1);
  });

  it('refuses a key that was used for another amount or card; keys belong to a user', async () => {
    const shop = await createTestWallet();
    await shop.deposit('ada', '10', { key: 'k' });
    const reused = [{ code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] }];
    expect((await shop.deposit('ada', '11', { key: 'k' })).userErrors).toMatchObject(reused);
    expect(
      (await shop.deposit('ada', '10', { key: 'k', token: 'tok_declined' })).userErrors,
    ).toMatchObject(reused);
    expect((await shop.deposit('bob', '11', { key: 'k' })).userErrors).toEqual([]);
    expect(await shop.money('ada')).toEqual([1000, 0]);
  });

  it.each([
    ['tok_declined', 'PAYMENT_DECLINED'],
    ['tok_nonsense', 'INVALID_PAYMENT_TOKEN'],
    ['tok_timeout', 'PAYMENT_TIMED_OUT'],
  ])('with %s is refused with %s, each time, and books nothing', async (token, code) => {
    const shop = await createTestWallet();
    for (let time = 0; time < 2; time++) {
      const answer = await shop.deposit('ada', '10', { key: 'k', token });
      expect(answer).toMatchObject({
        wallet: null,
        transaction: null,
        userErrors: [{ code, field: ['paymentToken'] }],
      });
    }
    await shop.pass(60_000);
    expect(await shop.money('ada')).toEqual([0, 0]);
    expect((await shop.deposit('ada', '10', { key: 'k', token })).userErrors).toMatchObject([
      { code },
    ]);
    expect(await shop.history('ada')).toEqual([]);
    expect(await shop.test.published(FundsDeposited)).toEqual([]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it.each([
    ['0', 'USD', 'INVALID_AMOUNT', ['amount', 'amount']],
    ['-1', 'USD', 'INVALID_AMOUNT', ['amount', 'amount']],
    ['10000.01', 'USD', 'INVALID_AMOUNT', ['amount', 'amount']],
    ['1.005', 'USD', 'INVALID_AMOUNT', ['amount', 'amount']],
    ['1', 'EUR', 'CURRENCY_MISMATCH', ['amount', 'currencyCode']],
  ])('of %s %s is refused with %s', async (amount, currency, code, field) => {
    const shop = await createTestWallet();
    expect((await shop.deposit('ada', amount, { currency })).userErrors).toMatchObject([
      { code, field },
    ]);
  });

  it('takes the least and the most', async () => {
    const shop = await createTestWallet();
    await shop.deposit('ada', '0.01');
    await shop.deposit('ada', '10000.00');
    expect(await shop.money('ada')).toEqual([1_000_001, 0]);
  });

  it('is in the configured currency', async () => {
    const shop = await createTestWallet({ env: { WALLET_CURRENCY: 'JPY' } });
    expect((await shop.deposit('ada', '1')).userErrors).toMatchObject([
      { code: 'CURRENCY_MISMATCH' },
    ]);
    const { wallet } = await shop.deposit('ada', '10000', { currency: 'JPY' });
    expect(wallet!.available).toEqual({ amount: '10000', currencyCode: 'JPY' });
  });

  it('is not for visitors', async () => {
    const shop = await createTestWallet();
    const { errors } = await shop.test.ask(
      null,
      `mutation { depositFunds(input: { idempotencyKey: "k", amount: { amount: "1", currencyCode: "USD" }, paymentToken: "tok_visa" }) { userErrors { code } } }`,
    );
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('a withdrawal', () => {
  it('takes from the wallet and tells of it', async () => {
    const shop = await createTestWallet();
    await shop.deposit('ada', '30');
    const answer = await shop.withdraw('ada', '12.25');
    expect(answer).toMatchObject({
      wallet: { available: { amount: '17.75' }, held: { amount: '0.00' } },
      transaction: {
        kind: 'WITHDRAWAL',
        amount: { amount: '12.25' },
        balanceAfter: { amount: '17.75' },
      },
      userErrors: [],
    });
    expect(await shop.test.published(FundsWithdrawn)).toMatchObject([
      { data: { userId: 'ada', amount: { minor: 1225, currency: 'USD' } } },
    ]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('never takes more than is there, whoever asks at the same time', async () => {
    const shop = await createTestWallet();
    await shop.deposit('ada', '10');
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.withdraw('ada', '3')));
    const refusals = answers.flatMap(({ userErrors }) => userErrors);
    expect(refusals).toHaveLength(7);
    expect(refusals[0]).toMatchObject({ code: 'INSUFFICIENT_FUNDS', field: ['amount'] });
    expect(await shop.money('ada')).toEqual([100, 0]);
  });

  it('is made once for one key, even when nothing is left', async () => {
    const shop = await createTestWallet();
    await shop.deposit('ada', '10');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.withdraw('ada', '10', { key: 'k' })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]!.userErrors).toEqual([]);
    expect(await shop.test.published(FundsWithdrawn)).toHaveLength(1);
  });

  it.each([
    ['tok_declined', 'PAYMENT_DECLINED'],
    ['tok_nonsense', 'INVALID_PAYMENT_TOKEN'],
  ])('with %s is refused with %s and gives back what was held', async (token, code) => {
    const shop = await createTestWallet();
    await shop.deposit('ada', '10');
    expect((await shop.withdraw('ada', '4', { token })).userErrors).toMatchObject([
      { code, field: ['payoutToken'] },
    ]);
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('without an answer holds the amount until the provider cannot pay it any more', async () => {
    const shop = await createTestWallet();
    await shop.deposit('ada', '10');
    const request = () => shop.withdraw('ada', '4', { key: 'k', token: 'tok_timeout' });
    expect((await request()).userErrors).toMatchObject([{ code: 'PAYMENT_TIMED_OUT' }]);
    expect(await shop.money('ada')).toEqual([600, 400]);
    expect((await request()).userErrors).toMatchObject([{ code: 'PAYMENT_TIMED_OUT' }]);
    expect(await shop.money('ada')).toEqual([600, 400]);
    expect((await shop.verify()).differences).toEqual([]);
    await shop.pass(30_000);
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect(await shop.history('ada')).toHaveLength(1);
    expect((await shop.verify()).differences).toEqual([]);
  });
});
