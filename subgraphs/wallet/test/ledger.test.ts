import { localLiveUpdates, uniqueViolation } from '@crema/kit';
import { closeTestSubgraphs, makeMutable } from '@crema/kit/testing';
import { availableId, heldId, LedgerAccount } from '../src/entities/ledger-account.ts';
import { LedgerEntry } from '../src/entities/ledger-entry.ts';
import { LedgerTransaction } from '../src/entities/ledger-transaction.ts';
import { Ledger, type Posting } from '../src/services/ledger.ts';
import { CAFE, createTestWallet, emailOf, walletIdOf } from './support.ts';

afterEach(closeTestSubgraphs);

const ADA = walletIdOf('ada');
const REVENUE = LedgerAccount.open('CAFE_REVENUE', CAFE, 'USD');

const opened = async () => {
  const shop = await createTestWallet();
  await shop.signUp('ada');
  await shop.deposit('ada', '10');
  const ledger = new Ledger(shop.test.clock, localLiveUpdates.resumable([]));
  const post = (...postings: Posting[]) =>
    shop.database.transaction(async (tx) => {
      const house = LedgerAccount.open('CAFE_REVENUE', CAFE, 'USD');
      const yens = LedgerAccount.open('CAFE_REVENUE', CAFE, 'JPY');
      const book = await ledger.open(tx, [ADA], [house, yens]);
      await book.post(...postings);
    });
  return { shop, post };
};

const pay = (reference: string, minor: number): Posting => ({
  reference,
  entries: [
    [availableId(ADA), -minor],
    [REVENUE.id, minor],
  ],
});

describe('the ledger', () => {
  it('posts a reference once, however often and concurrently', async () => {
    const { shop, post } = await opened();
    await Promise.all(Array.from({ length: 50 }, () => post(pay('order:1:capture', 300))));
    expect(await shop.money('ada')).toEqual([700, 0]);
    expect(
      await shop.database.read.countBy(LedgerTransaction, { reference: 'order:1:capture' }),
    ).toBe(1);
  });

  it('refuses a reference that was posted with another content', async () => {
    const { shop, post } = await opened();
    await post(pay('order:1:capture', 300));
    await expect(post(pay('order:1:capture', 301))).rejects.toThrow('another content');
    await expect(post(pay('order:2:capture', 1), pay('order:2:capture', 1))).rejects.toThrow(
      'twice at once',
    );
    expect(await shop.money('ada')).toEqual([700, 0]);
  });

  it.each<[string, Posting['entries']]>([
    [
      'does not sum to zero',
      [
        [availableId(ADA), -1],
        [REVENUE.id, 2],
      ],
    ],
    ['has one entry', [[availableId(ADA), 1]]],
    ['has no entry', []],
    [
      'sums to zero across currencies only',
      [
        [availableId(ADA), -1],
        [`revenue:${CAFE}:JPY`, 1],
      ],
    ],
    [
      'moves nothing',
      [
        [availableId(ADA), 0],
        [REVENUE.id, 0],
      ],
    ],
    [
      'moves parts of a cent',
      [
        [availableId(ADA), -0.5],
        [REVENUE.id, 0.5],
      ],
    ],
    [
      'names an account that is not open',
      [
        [availableId('other'), -1],
        [REVENUE.id, 1],
      ],
    ],
    [
      'overdraws what is available',
      [
        [availableId(ADA), -1001],
        [REVENUE.id, 1001],
      ],
    ],
    [
      'overdraws what is held',
      [
        [heldId(ADA), -1],
        [REVENUE.id, 1],
      ],
    ],
  ])('takes no posting that %s', async (_, entries) => {
    const { shop, post } = await opened();
    await expect(post({ reference: 'wrong', entries })).rejects.toThrow();
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it.each(['ledger_transactions', 'ledger_entries', 'wallet_transactions'])(
    'cannot be changed afterwards: the database keeps %s as they are',
    async (table) => {
      const { shop } = await opened();
      const write = (sql: string) =>
        shop.database.transaction(async (tx) => (await tx.direct()).query(sql));
      const column = table === 'ledger_entries' ? 'line' : 'at';
      await expect(write(`UPDATE ${table} SET ${column} = 1`)).rejects.toThrow('immutable');
      await expect(write(`DELETE FROM ${table}`)).rejects.toThrow('immutable');
    },
  );

  it('shows the same total at every moment, whatever is on the way', async () => {
    const shop = await createTestWallet();
    const names = ['ada', 'bob', 'eve'];
    await shop.signUp(...names);
    for (const name of names) await shop.deposit(name, '10');
    let isDone = false;
    const reading = (async () => {
      let reads = 0;
      while (!isDone || reads === 0) {
        const accounts = await shop.database.read.find(LedgerAccount);
        expect(accounts.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0)).toBe(0);
        const customers = accounts.filter(({ kind }) => kind.startsWith('WALLET'));
        expect(customers.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0)).toBe(3000);
        reads += 1;
        await new Promise(setImmediate);
      }
      return reads;
    })();
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        shop.transfer(names[index % 3]!, emailOf(names[(index + 1) % 3]!), `${(index % 5) + 1}`),
      ),
    );
    isDone = true;
    expect(await reading).toBeGreaterThan(1);
  });
});

describe('verifying the ledger', () => {
  it('counts and finds nothing wrong in right books', async () => {
    const { shop } = await opened();
    await shop.due('o1', 'ada', 250);
    expect(await shop.verify()).toEqual({
      accounts: 4,
      transactions: 3,
      entries: 6,
      differences: [],
    });
  });

  const tamper = async (sql: string) => {
    const { shop } = await opened();
    await shop.due('o1', 'ada', 250);
    await shop.database.transaction(async (tx) => {
      const manager = await tx.direct();
      for (const table of ['ledger_transactions', 'ledger_entries', 'wallet_transactions']) {
        await makeMutable(manager, table);
      }
      await manager.query(sql);
    });
    return (await shop.verify()).differences;
  };

  it.each([
    [
      'a balance',
      `UPDATE ledger_accounts SET balance_minor = balance_minor + 1 WHERE id = '${REVENUE.id}'`,
      /its entries/,
    ],
    [
      'a customer below zero',
      `UPDATE ledger_accounts SET balance_minor = -1 WHERE id = '${availableId(ADA)}'`,
      /below zero/,
    ],
    [
      'an amount',
      `UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE account_id = '${REVENUE.id}'`,
      /sums to 1 USD/,
    ],
    [
      'a running balance',
      `UPDATE ledger_entries SET balance_after_minor = 7 WHERE account_id = '${REVENUE.id}'`,
      /running balance/,
    ],
    [
      'a missing entry',
      `DELETE FROM ledger_entries WHERE account_id = '${REVENUE.id}'`,
      /less than two entries/,
    ],
    ['a history', `UPDATE wallet_transactions SET amount_minor = 1`, /its history/],
    ['a payment', `UPDATE payments SET refunded_minor = 1`, /its payments/],
    ['a hold that nobody is due', `UPDATE payments SET status = 'HELD'`, /held in wallet/],
    [
      'a deposit that was not made',
      `UPDATE funding_attempts SET amount_minor = 1`,
      /deposits and withdrawals/,
    ],
  ])('finds %s that was tampered with', async (_, sql, words) => {
    expect((await tamper(sql)).join('\n')).toMatch(words);
  });

  it('finds a transaction without entries', async () => {
    const { shop } = await opened();
    await shop.database.transaction(async (tx) =>
      tx.insert(LedgerTransaction, { id: 'x', reference: 'nothing', at: shop.test.clock.now() }),
    );
    expect((await shop.verify()).differences).toEqual([
      'transaction nothing has less than two entries',
    ]);
  });

  it('keeps one history per account: no two entries have one version', async () => {
    const { shop } = await opened();
    const entries = await shop.database.read.find(LedgerEntry, {
      where: { accountId: availableId(ADA) },
    });
    const violation = await shop.database
      .transaction(async (tx) => tx.insert(LedgerEntry, { ...entries[0]!, transactionId: 'x' }))
      .catch(uniqueViolation);
    expect(violation).toBe('uq_ledger_entries_account_id_account_version');
  });
});
