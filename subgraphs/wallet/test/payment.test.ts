import { localLiveUpdates, silentLogger } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { PaymentCaptured, PaymentRefunded, PaymentRefused } from '@crema/schema/events';
import { Ledger } from '../src/services/ledger.ts';
import { Payments } from '../src/services/payments.ts';
import { WalletHistory } from '../src/services/wallet-history.ts';
import { CAFE, createTestWallet, type TestWallet } from './support.ts';

afterEach(closeTestSubgraphs);

const withMoney = async (amount = '20') => {
  const shop = await createTestWallet();
  await shop.signUp('ada');
  await shop.deposit('ada', amount);
  return shop;
};

const kindsOf = async (shop: TestWallet) =>
  (await shop.history('ada')).map(({ kind, amount, balanceAfter, order }) => [
    kind,
    amount.amount,
    balanceAfter.amount,
    order?.id ?? null,
  ]);

describe('an order that is due', () => {
  it('is paid from the wallet', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 450);
    expect(await shop.money('ada')).toEqual([1550, 0]);
    expect(await kindsOf(shop)).toEqual([
      ['PAYMENT', '4.50', '15.50', 'o1'],
      ['DEPOSIT', '20.00', '20.00', null],
    ]);
    expect(await shop.test.published(PaymentCaptured)).toMatchObject([
      {
        key: 'o1',
        data: { customerId: 'ada', cafeId: CAFE, amount: { minor: 450, currency: 'USD' } },
      },
    ]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('is paid once, however often it is due', async () => {
    const shop = await withMoney();
    await Promise.all([1, 2, 3].map(() => shop.due('o1', 'ada', 450)));
    expect(await shop.money('ada')).toEqual([1550, 0]);
    expect(await shop.test.published(PaymentCaptured)).toHaveLength(1);
  });

  it('is paid to the last cent, and not beyond', async () => {
    const shop = await withMoney('10');
    await shop.due('o1', 'ada', 1000);
    await shop.due('o2', 'ada', 1);
    expect(await shop.money('ada')).toEqual([0, 0]);
    expect(await shop.test.published(PaymentRefused)).toMatchObject([
      { key: 'o2', data: { customerId: 'ada', code: 'INSUFFICIENT_FUNDS' } },
    ]);
  });

  it.each([
    ['without a wallet', 'nobody', 'USD'],
    ['in another currency', 'ada', 'EUR'],
  ])('is refused %s', async (_, name, currency) => {
    const shop = await withMoney();
    await shop.due('o1', name, 100, currency);
    expect(await shop.test.published(PaymentRefused)).toHaveLength(1);
    expect(await shop.test.published(PaymentCaptured)).toHaveLength(0);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it.each(['ada', 'nobody'])('that costs nothing is paid at once by %s', async (name) => {
    const shop = await withMoney();
    await shop.due('o1', name, 0);
    await shop.close('o1', name, 0);
    expect(await shop.test.published(PaymentCaptured)).toMatchObject([
      { data: { amount: { minor: 0 } } },
    ]);
    expect(await shop.test.published(PaymentRefunded)).toEqual([]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('costs at most eight statements of the ledger', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 100);
    shop.test.statements.length = 0;
    await shop.due('o2', 'ada', 100);
    const own = shop.test.statements.filter(
      (sql) => !/\b(inbox|outbox)\b|^(BEGIN|START TRANSACTION|COMMIT)/.test(sql),
    );
    expect(own.length).toBeLessThanOrEqual(8);
  });
});

describe('an order that ended early', () => {
  it('gets its money back, once', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 450);
    await Promise.all([1, 2, 3].map(() => shop.close('o1', 'ada', 450)));
    expect(await kindsOf(shop)).toEqual([
      ['REFUND', '4.50', '20.00', 'o1'],
      ['PAYMENT', '4.50', '15.50', 'o1'],
      ['DEPOSIT', '20.00', '20.00', null],
    ]);
    expect(await shop.test.published(PaymentRefunded)).toMatchObject([
      { key: 'o1', data: { refundId: null, amount: { minor: 450, currency: 'USD' } } },
    ]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('leaves the money with the café when none is due', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 450);
    await shop.close('o1', 'ada', 450, { refundDue: false });
    expect(await shop.money('ada')).toEqual([1550, 0]);
    expect(await shop.test.published(PaymentRefunded)).toEqual([]);
  });

  it('gets back what was taken when it was rejected after all, whatever it says is due', async () => {
    const shop = await withMoney();
    await shop.due('o1', 'ada', 450);
    await shop.close('o1', 'ada', 450, { status: 'REJECTED', refundDue: false });
    expect(await shop.money('ada')).toEqual([2000, 0]);
  });

  it('is never paid later', async () => {
    const shop = await withMoney();
    await shop.close('o1', 'ada', 450);
    await shop.due('o1', 'ada', 450);
    expect(await shop.money('ada')).toEqual([2000, 0]);
    expect(await shop.test.published(PaymentCaptured)).toEqual([]);
    expect(await shop.test.published(PaymentRefused)).toMatchObject([
      { data: { message: 'The order had ended before it was paid; nothing was taken.' } },
    ]);
    expect(await shop.test.published(PaymentRefunded)).toEqual([]);
  });
});

describe('a hold', () => {
  const paymentsOf = (shop: TestWallet) => {
    const { clock, ids } = shop.test;
    const ledger = new Ledger(clock, localLiveUpdates.resumable([]));
    const history = new WalletHistory(shop.database, clock, ids);
    return new Payments(ledger, history, clock, silentLogger);
  };
  const order = {
    orderId: 'o1',
    number: 'A-1',
    customerId: 'ada',
    cafeId: CAFE,
    total: { minor: 600, currency: 'USD' },
  };

  it('stands as held until it is resolved', async () => {
    const shop = await withMoney();
    const payments = paymentsOf(shop);
    await shop.database.transaction((tx) => payments.hold(tx, order));
    expect(await shop.money('ada')).toEqual([1400, 600]);
    expect((await shop.verify()).differences).toEqual([]);
    await shop.database.transaction((tx) => payments.capture(tx, 'o1'));
    expect(await shop.money('ada')).toEqual([1400, 0]);
    expect(await kindsOf(shop)).toMatchObject([['PAYMENT', '6.00', '14.00', 'o1'], {}]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('is released when its order ends', async () => {
    const shop = await withMoney();
    const payments = paymentsOf(shop);
    await shop.database.transaction((tx) => payments.hold(tx, order));
    await shop.close('o1', 'ada', 600);
    expect(await shop.money('ada')).toEqual([2000, 0]);
    expect(await shop.test.published(PaymentRefunded)).toEqual([]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it.each(Array.from({ length: 6 }, (_, round) => round))(
    'resolves exactly once of 50 racing attempts (%i)',
    async (round) => {
      const shop = await withMoney();
      const payments = paymentsOf(shop);
      await shop.database.transaction((tx) => payments.hold(tx, order));
      const attempts = Array.from({ length: 50 }, (_, index) =>
        shop.database.transaction((tx) => {
          switch ((index + round) % 3) {
            case 0:
              return payments.capture(tx, 'o1');
            case 1:
              return payments.release(tx, 'o1');
            default:
              return payments.hold(tx, order);
          }
        }),
      );
      const resolved = (await Promise.all(attempts)).filter(Boolean);
      expect(resolved).toHaveLength(1);
      const [available, held] = await shop.money('ada');
      expect(held).toBe(0);
      expect([1400, 2000]).toContain(available);
      expect((await shop.verify()).differences).toEqual([]);
    },
  );
});
