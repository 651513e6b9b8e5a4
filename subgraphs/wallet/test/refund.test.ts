import type { MoneyValue as Value } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { PaymentRefunded } from '@crema/schema/events';
import { LedgerAccount, revenueId } from '../src/entities/ledger-account.ts';
import { CAFE, createTestWallet } from './support.ts';

afterEach(closeTestSubgraphs);

const withMoney = async (amount = '20') => {
  const shop = await createTestWallet();
  await shop.signUp('ada');
  await shop.deposit('ada', amount);
  return shop;
};

describe('a refund', () => {
  it('gives back parts, each once, and never more than was paid', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 1000);
    await shop.refund('o1', 'ada', 'r1', 300);
    await shop.refund('o1', 'ada', 'r1', 300);
    expect(await shop.money('ada')).toEqual([1300, 0]);
    await shop.refund('o1', 'ada', 'r2', 900);
    await shop.refund('o1', 'ada', 'r3', 1);
    await shop.close('o1', 'ada', 1000);
    expect(await shop.money('ada')).toEqual([2000, 0]);
    const refunds = await shop.test.published(PaymentRefunded);
    expect(refunds.map(({ data }) => [data.refundId, data.amount.minor])).toEqual([
      ['r1', 300],
      ['r2', 700],
    ]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('leaves to a later end of the order only the rest', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 1000);
    await shop.refund('o1', 'ada', 'r1', 300);
    await shop.close('o1', 'ada', 1000);
    const refunds = await shop.test.published(PaymentRefunded);
    expect(refunds.map(({ data }) => [data.refundId, data.amount.minor])).toEqual([
      ['r1', 300],
      [null, 700],
    ]);
    expect(await shop.money('ada')).toEqual([2000, 0]);
  });

  it('of what was never paid gives nothing', async () => {
    const shop = await withMoney();
    await shop.refund('o1', 'ada', 'r1', 300);
    await shop.due('o2', 'ada', 5000);
    await shop.refund('o2', 'ada', 'r2', 300);
    expect(await shop.money('ada')).toEqual([2000, 0]);
    expect(await shop.test.published(PaymentRefunded)).toEqual([]);
  });

  it('passes on what it is for, unless less was left than was asked', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 1000);
    const [subtotal, tax, tip, total] = [550, 49, 1, 600].map((minor) => ({
      minor,
      currency: 'USD',
    })) as [Value, Value, Value, Value];
    const amounts = { subtotal, tax, tip, total };
    await shop.refund('o1', 'ada', 'r1', 600, amounts);
    await shop.refund('o1', 'ada', 'r2', 600, amounts);
    const refunds = await shop.test.published(PaymentRefunded);
    expect(refunds.map(({ data }) => [data.amount.minor, data.amounts])).toEqual([
      [600, amounts],
      [400, undefined],
    ]);
  });

  it('is of an order that nobody came for, too', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 1000);
    await shop.close('o1', 'ada', 1000, { refundDue: false });
    expect(await shop.money('ada')).toEqual([1000, 0]);
    await shop.refund('o1', 'ada', 'r1', 1000);
    expect(await shop.money('ada')).toEqual([2000, 0]);
  });

  it('goes from the books of the café to the wallet that paid, once, of fifty that come at once', async () => {
    const shop = await withMoney();
    await shop.signUp('bob');
    await shop.due('o1', 'ada', 1000);
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => shop.refund('o1', 'ada', `r${index % 25}`, 90)),
    );
    expect(await shop.money('ada')).toEqual([2000, 0]);
    expect(await shop.money('bob')).toEqual([0, 0]);
    const refunds = await shop.test.published(PaymentRefunded);
    expect(refunds.reduce((sum, { data }) => sum + data.amount.minor, 0)).toBe(1000);
    expect(new Set(refunds.map(({ data }) => data.refundId)).size).toBe(refunds.length);
    const [revenue] = await shop.database.findMany(LedgerAccount, [revenueId(CAFE, 'USD')]);
    expect(revenue!.balanceMinor).toBe(0);
    expect((await shop.verify()).differences).toEqual([]);
  });
});
