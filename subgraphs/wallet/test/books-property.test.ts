import { closeTestSubgraphs, runs } from '@crema/kit/testing';
import { PaymentCaptured, PaymentRefunded } from '@crema/schema/events';
import * as fc from 'fast-check';
import { LedgerAccount } from '../src/entities/ledger-account.ts';
import { ProviderRecord } from '../src/entities/provider-record.ts';
import type { PaymentProvider } from '../src/services/payment-provider.ts';
import { SIGN } from '../src/types/wallet-transaction-kind.ts';
import { createTestWallet, emailOf, minorOf, type TestWallet } from './support.ts';

afterEach(closeTestSubgraphs);

const NAMES = ['ada', 'bob', 'eve'];

/** Keys are few, so that requests are repeated, with the same and with other inputs. */
const key = fc.integer({ min: 0, max: 8 }).map((number) => `key-${number}`);
const name = fc.constantFrom(...NAMES);
const amount = fc.integer({ min: 1, max: 3_000 });
const token = fc.constantFrom('tok_visa', 'tok_visa', 'tok_visa', 'tok_declined', 'tok_timeout');
/** An order's customer and total follow from its number. */
const order = fc.integer({ min: 0, max: 9 });

const action = fc.oneof(
  fc.record({ do: fc.constant('deposit' as const), name, amount, key, token }),
  fc.record({ do: fc.constant('withdraw' as const), name, amount, key, token }),
  fc.record({ do: fc.constant('transfer' as const), name, to: name, amount, key }),
  fc.record({ do: fc.constant('due' as const), order }),
  fc.record({ do: fc.constant('close' as const), order, refundDue: fc.boolean() }),
  fc.record({ do: fc.constant('refund' as const), order, part: fc.integer({ min: 1, max: 3 }) }),
);

type Action = typeof action extends fc.Arbitrary<infer Each> ? Each : never;

const customerOf = (number: number): string => NAMES[number % NAMES.length]!;
const totalOf = (number: number): number => (number * 371) % 2_000;

async function act(shop: TestWallet, each: Action): Promise<void> {
  switch (each.do) {
    case 'deposit':
      await shop.deposit(each.name, decimal(each.amount), each);
      return;
    case 'withdraw':
      await shop.withdraw(each.name, decimal(each.amount), each);
      return;
    case 'transfer':
      await shop.transfer(each.name, emailOf(each.to), decimal(each.amount), each);
      return;
    case 'due':
      await shop.due(`o${each.order}`, customerOf(each.order), totalOf(each.order));
      return;
    case 'close': {
      const { order, refundDue } = each;
      await shop.close(`o${order}`, customerOf(order), totalOf(order), { refundDue });
      return;
    }
    case 'refund': {
      const { order, part } = each;
      await shop.refund(`o${order}`, customerOf(order), `o${order}-r${part}`, part * 200);
    }
  }
}

const decimal = (minor: number): string => (minor / 100).toFixed(2);

/** What has to be true at any time, whatever has happened. */
async function expectRightBooks(shop: TestWallet): Promise<void> {
  expect((await shop.verify()).differences).toEqual([]);
  for (const name of NAMES) {
    let balance = 0;
    for (const { kind, amount, balanceAfter } of (await shop.history(name)).reverse()) {
      balance += SIGN[kind as keyof typeof SIGN] * minorOf(amount);
      expect(minorOf(balanceAfter)).toBe(balance);
    }
    const [available, held] = await shop.money(name);
    expect([available >= 0, held >= 0, available + held]).toEqual([true, true, balance]);
  }
  const paid = new Map<string, number>();
  for (const { key, data } of await shop.test.published(PaymentCaptured)) {
    expect(paid.has(key)).toBe(false);
    paid.set(key, data.amount.minor);
  }
  for (const { key, data } of await shop.test.published(PaymentRefunded)) {
    paid.set(key, paid.get(key)! - data.amount.minor);
    expect(paid.get(key)).toBeGreaterThanOrEqual(0);
  }
}

/** The provider's own books and the clearing account say the same. */
async function expectNothingLost(shop: TestWallet): Promise<void> {
  const records = await shop.database.read.findBy(ProviderRecord, { answer: 'SUCCEEDED' });
  const taken = records.reduce(
    (sum, { action, amountMinor }) => sum + (action === 'CHARGE' ? amountMinor : -amountMinor),
    0,
  );
  const clearing = await shop.database.read.findBy(LedgerAccount, { kind: 'PROVIDER_CLEARING' });
  expect(clearing.reduce((sum, { balanceMinor }) => sum - balanceMinor, 0)).toBe(taken);
}

type Line = 'GOOD' | 'REQUEST_LOST' | 'ANSWER_LOST';

/** Loses requests and answers, as it is told. */
const unreliable =
  (line: () => Line) =>
  (provider: PaymentProvider): PaymentProvider => {
    const over = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
      const state = line();
      if (state === 'REQUEST_LOST') throw new Error('the request was lost');
      const answer = await ask();
      if (state === 'ANSWER_LOST') throw new Error('the answer was lost');
      return answer;
    };
    return {
      name: provider.name,
      charge: (key, request) => over(() => provider.charge(key, request)),
      payOut: (key, request) => over(() => provider.payOut(key, request)),
      find: (key) => over(() => provider.find(key)),
    };
  };

describe('whatever happens, in any order, at once and again', () => {
  it('the books are right', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(action, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 }),
        async (batches) => {
          const shop = await createTestWallet();
          await shop.signUp(...NAMES);
          for (const name of NAMES) await shop.deposit(name, '20', { key: 'first' });
          for (const batch of batches) {
            await Promise.all(batch.map((each) => act(shop, each)));
            await expectRightBooks(shop);
          }
          await shop.pass(60_000);
          await expectRightBooks(shop);
          await expectNothingLost(shop);
          for (const name of NAMES) expect((await shop.money(name))[1]).toBe(0);
          await shop.test.close();
        },
      ),
      { numRuns: runs(15) },
    );
  }, 120_000);

  it('no money is lost or booked twice on a bad line to the provider', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(action, fc.integer({ min: 0, max: 12_000 })), {
          minLength: 5,
          maxLength: 30,
        }),
        fc.infiniteStream(fc.constantFrom<Line>('GOOD', 'REQUEST_LOST', 'ANSWER_LOST')),
        async (actions, lines) => {
          let isRepaired = false;
          const line = () => (isRepaired ? 'GOOD' : (lines.next().value as Line));
          const shop = await createTestWallet({ provider: unreliable(line) });
          await shop.signUp(...NAMES);
          for (const [each, ms] of actions) {
            await act(shop, each);
            await shop.pass(ms);
            expect((await shop.verify()).differences).toEqual([]);
          }
          isRepaired = true;
          await shop.pass(60_000);
          await expectRightBooks(shop);
          await expectNothingLost(shop);
          await shop.test.close();
        },
      ),
      { numRuns: runs(15) },
    );
  }, 120_000);
});
