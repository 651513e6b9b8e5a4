import { closeTestSubgraphs } from '@crema/kit/testing';
import { FundsDeposited, FundsWithdrawn } from '@crema/schema/events';
import { ProviderRecord } from '../src/entities/provider-record.ts';
import type {
  PaymentProvider,
  ProviderAnswer,
  ProviderRequest,
} from '../src/services/payment-provider.ts';
import { createTestWallet } from './support.ts';

afterEach(closeTestSubgraphs);

type Ask = () => Promise<ProviderAnswer>;

/** A provider whose line is bad in the way that a test says. */
class BadLine implements PaymentProvider {
  readonly name = 'built-in';
  /** Resolves when a request has come in. */
  readonly asked: Promise<void>;
  private tellAsked: () => void = () => undefined;

  constructor(
    private readonly provider: PaymentProvider,
    private readonly transmit: (ask: Ask) => Promise<ProviderAnswer>,
  ) {
    this.asked = new Promise((resolve) => {
      this.tellAsked = resolve;
    });
  }

  charge(key: string, request: ProviderRequest) {
    return this.overTheLine(() => this.provider.charge(key, request));
  }

  payOut(key: string, request: ProviderRequest) {
    return this.overTheLine(() => this.provider.payOut(key, request));
  }

  find(key: string) {
    return this.provider.find(key);
  }

  private overTheLine(ask: Ask) {
    const answer = this.transmit(ask);
    this.tellAsked();
    return answer;
  }
}

const shopWith = async (transmit: (ask: Ask) => Promise<ProviderAnswer>) => {
  let line!: BadLine;
  const shop = await createTestWallet({
    provider: (builtIn) => (line = new BadLine(builtIn, transmit)),
  });
  return { shop, line };
};

/** Bad once, at that time, and else as it should be. */
const badAt = (time: number) => (bad: (ask: Ask) => Promise<ProviderAnswer>) => {
  let times = 0;
  return (ask: Ask) => (++times === time ? bad(ask) : ask());
};
const atFirst = badAt(1);
const atSecond = badAt(2);

const answerLost = async (ask: Ask): Promise<ProviderAnswer> => {
  await ask();
  throw new Error('connection reset');
};

const requestLost = async (): Promise<ProviderAnswer> => {
  throw new Error('connection refused');
};

describe('a deposit whose answer is lost', () => {
  it('is booked when the provider is asked again, without anybody waiting for it', async () => {
    const { shop } = await shopWith(answerLost);
    expect((await shop.deposit('ada', '10', { key: 'k' })).userErrors).toMatchObject([
      { code: 'PAYMENT_TIMED_OUT' },
    ]);
    expect(await shop.money('ada')).toEqual([0, 0]);
    await shop.pass(10_000);
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect(await shop.test.published(FundsDeposited)).toHaveLength(1);
    expect((await shop.deposit('ada', '10', { key: 'k' })).userErrors).toEqual([]);
    await shop.pass(60_000);
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('is booked once when it is tried again with its key', async () => {
    const { shop } = await shopWith(atFirst(answerLost));
    await shop.deposit('ada', '10', { key: 'k' });
    expect((await shop.deposit('ada', '10', { key: 'k' })).wallet).toMatchObject({
      available: { amount: '10.00' },
    });
    await shop.pass(60_000);
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect(await shop.database.read.count(ProviderRecord)).toBe(1);
  });

  it('is booked once when a crash comes between the provider and the books', async () => {
    // The request never comes back to life, as after kill -9.
    let charge: Ask = () => Promise.reject(new Error('not asked'));
    const { shop, line } = await shopWith((ask) => {
      charge = ask;
      return new Promise(() => undefined);
    });
    void shop.deposit('ada', '10', { key: 'k' });
    await line.asked;
    await charge();
    await shop.pass(10_000);
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect(await shop.test.published(FundsDeposited)).toHaveLength(1);
    expect((await shop.verify()).differences).toEqual([]);
  });
});

describe('a deposit whose request is lost', () => {
  it('is over when the provider would not begin with it any more', async () => {
    const { shop } = await shopWith(atFirst(requestLost));
    const deposit = () => shop.deposit('ada', '10', { key: 'k' });
    expect((await deposit()).userErrors).toMatchObject([{ code: 'PAYMENT_TIMED_OUT' }]);
    await shop.pass(30_000);
    expect((await deposit()).userErrors).toMatchObject([{ code: 'PAYMENT_TIMED_OUT' }]);
    expect(await shop.money('ada')).toEqual([0, 0]);
    expect((await shop.deposit('ada', '10', { key: 'another' })).userErrors).toEqual([]);
  });

  it('succeeds when it is tried again in time', async () => {
    const { shop } = await shopWith(atFirst(requestLost));
    await shop.deposit('ada', '10', { key: 'k' });
    await shop.pass(5_000);
    expect((await shop.deposit('ada', '10', { key: 'k' })).userErrors).toEqual([]);
    await shop.pass(60_000);
    expect(await shop.money('ada')).toEqual([1000, 0]);
  });
});

describe('a withdrawal', () => {
  it('whose answer is lost is captured when the provider is asked again', async () => {
    const { shop } = await shopWith(atSecond(answerLost));
    await shop.deposit('ada', '10');
    await shop.withdraw('ada', '4');
    expect(await shop.money('ada')).toEqual([600, 400]);
    await shop.pass(10_000);
    expect(await shop.money('ada')).toEqual([600, 0]);
    expect((await shop.verify()).differences).toEqual([]);
  });
});

describe('the hold of a withdrawal', () => {
  it.each([
    ['captured', answerLost, 600, 1],
    ['released', requestLost, 1000, 0],
  ])('is %s once, whoever of 50 finds out first', async (_, bad, left, withdrawals) => {
    let times = 0;
    const { shop } = await shopWith((ask) => (times++ === 0 ? ask() : bad(ask)));
    await shop.deposit('ada', '10');
    const withdraw = () => shop.withdraw('ada', '4', { key: 'k' });
    await withdraw();
    shop.test.clock.advance(30_000);
    const [settle] = shop.test.running.subgraph.jobs;
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? settle!.run() : withdraw())),
    );
    await shop.pass(30_000);
    expect(await shop.money('ada')).toEqual([left, 0]);
    expect(await shop.test.published(FundsWithdrawn)).toHaveLength(withdrawals);
    expect((await shop.verify()).differences).toEqual([]);
  });
});

describe('a provider that takes its time', () => {
  it('keeps nobody waiting beyond patience, nor any other work', async () => {
    let charge: Ask = () => Promise.reject(new Error('not asked'));
    const { shop, line } = await shopWith(
      (ask) =>
        new Promise((resolve) => {
          charge = async () => {
            const answer = await ask();
            resolve(answer);
            return answer;
          };
        }),
    );
    const deposit = shop.deposit('ada', '10', { key: 'k' });
    await line.asked;
    await shop.signUp('bob');
    await shop.due('o1', 'bob', 0);
    shop.test.clock.advance(10_000);
    expect((await deposit).userErrors).toMatchObject([{ code: 'PAYMENT_TIMED_OUT' }]);
    await charge();
    await shop.pass(10_000);
    expect(await shop.money('ada')).toEqual([1000, 0]);
    expect((await shop.verify()).differences).toEqual([]);
  });

  it('does not begin with what has been given up', async () => {
    let charge: Ask = () => Promise.reject(new Error('not asked'));
    const { shop, line } = await shopWith((ask) => {
      charge = ask;
      return new Promise(() => undefined);
    });
    const deposit = shop.deposit('ada', '10');
    await line.asked;
    await shop.pass(30_000);
    await deposit;
    expect(await charge()).toBe('TOO_LATE');
    await shop.pass(30_000);
    expect(await shop.money('ada')).toEqual([0, 0]);
    expect(await shop.database.read.count(ProviderRecord)).toBe(0);
  });
});
