import { closeTestSubgraphs } from '@crema/kit/testing';
import { FundsTransferred } from '@crema/schema/events';
import { createTestWallet, emailOf, walletIdOf } from './support.ts';

afterEach(closeTestSubgraphs);

const twoUsers = async () => {
  const shop = await createTestWallet();
  await shop.signUp('ada', 'bob');
  await shop.deposit('ada', '50');
  return shop;
};

describe('a transfer', () => {
  it('moves money to the user of an e-mail, and both see it in their histories', async () => {
    const shop = await twoUsers();
    const answer = await shop.transfer('ada', ' Bob@Crema.Test'.trim(), '12.30', {
      note: '  for the beans ',
    });
    expect(answer).toMatchObject({
      wallet: { id: walletIdOf('ada'), available: { amount: '37.70' } },
      transaction: {
        kind: 'TRANSFER_OUT',
        amount: { amount: '12.30' },
        balanceAfter: { amount: '37.70' },
        counterparty: { id: 'bob' },
        description: 'Transfer sent: for the beans',
      },
      userErrors: [],
    });
    expect(await shop.history('bob')).toMatchObject([
      {
        kind: 'TRANSFER_IN',
        amount: { amount: '12.30' },
        balanceAfter: { amount: '12.30' },
        counterparty: { id: 'ada' },
        description: 'Transfer received: for the beans',
      },
    ]);
    const [received] = await shop.history('bob');
    expect(await shop.test.published(FundsTransferred)).toMatchObject([
      {
        key: walletIdOf('ada'),
        data: {
          userId: 'ada',
          transactionId: answer.transaction!.id,
          toUserId: 'bob',
          toWalletId: walletIdOf('bob'),
          toTransactionId: received!.id,
          amount: { minor: 1230, currency: 'USD' },
          note: 'for the beans',
        },
      },
    ]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('is made once for one key; another input under it is refused', async () => {
    const shop = await twoUsers();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => shop.transfer('ada', emailOf('bob'), '1', { key: 'k' })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await shop.money('bob')).toEqual([100, 0]);
    const other = await shop.transfer('ada', emailOf('bob'), '1', { key: 'k', note: 'again' });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('never overdraws', async () => {
    const shop = await twoUsers();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => shop.transfer('ada', emailOf('bob'), '20')),
    );
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code));
    expect(codes).toEqual(Array(6).fill('INSUFFICIENT_FUNDS'));
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect(await shop.money('bob')).toEqual([4000, 0]);
  });

  it('does not spend what is held', async () => {
    const shop = await twoUsers();
    await shop.withdraw('ada', '40', { token: 'tok_timeout' });
    expect((await shop.transfer('ada', emailOf('bob'), '20')).userErrors).toMatchObject([
      { code: 'INSUFFICIENT_FUNDS', field: ['amount'] },
    ]);
  });

  it.each([
    ['nobody@crema.test', 'UNKNOWN_RECIPIENT'],
    ['ada@crema.test', 'SELF_TRANSFER'],
    ["x' OR '1'='1", 'INVALID_INPUT'],
  ])('to %s is refused with %s', async (toEmail, code) => {
    const shop = await twoUsers();
    expect((await shop.transfer('ada', toEmail, '1')).userErrors).toMatchObject([
      { code, field: ['toEmail'] },
    ]);
    expect(await shop.money('ada')).toEqual([5000, 0]);
  });

  it('refuses a note that is too long', async () => {
    const shop = await twoUsers();
    const answer = await shop.transfer('ada', emailOf('bob'), '1', { note: 'x'.repeat(201) });
    expect(answer.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['note'] }]);
  });

  it('follows a change of e-mail', async () => {
    const shop = await twoUsers();
    await shop.changeEmail('bob', 'Robert@crema.test');
    expect((await shop.transfer('ada', emailOf('bob'), '1')).userErrors).toMatchObject([
      { code: 'UNKNOWN_RECIPIENT' },
    ]);
    await shop.transfer('ada', 'robert@crema.test', '1');
    expect(await shop.money('bob')).toEqual([100, 0]);
  });

  it('goes to nobody while two seem to have the e-mail', async () => {
    const shop = await twoUsers();
    await shop.signUp('eve');
    await shop.changeEmail('eve', emailOf('bob'));
    expect((await shop.transfer('ada', emailOf('bob'), '1')).userErrors).toMatchObject([
      { code: 'UNKNOWN_RECIPIENT' },
    ]);
  });
});
