import type { SubgraphResponse } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { admin, ASTORIA, createTestAnalytics, type TestAnalytics } from './support.ts';

afterEach(closeTestSubgraphs);

const WATCH = 'subscription { salesTicker { startsAt revenue { amount } orders } }';
const AT = '2026-03-02T15:10:00.000Z';
const NEW_YORK_HOUR = '2026-03-02T15:00:00.000Z';

async function watcherOf(test: TestAnalytics) {
  const live = await test.watch(admin, WATCH);
  return async () => {
    const { value } = await live.next();
    const { startsAt, revenue, orders } = (value as SubgraphResponse).data!['salesTicker'] as {
      startsAt: string;
      revenue: { amount: string };
      orders: number;
    };
    return [startsAt, revenue.amount, orders];
  };
}

describe('the ticker tells what its hour comes to', () => {
  it('when a sale of it is cancelled, once', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const next = await watcherOf(test);
    await test.sell({ orderId: 'o1', at: AT });
    expect(await next()).toEqual([NEW_YORK_HOUR, '7.50', 1]);
    await test.cancel('o1', AT);
    await test.cancel('o1', AT);
    expect(await next()).toEqual([NEW_YORK_HOUR, '0.00', 0]);
    await test.sell({ orderId: 'o2', at: AT });
    expect(await next()).toEqual([NEW_YORK_HOUR, '7.50', 1]);
  });

  it('whatever was given back: revenue is told before refunds', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const next = await watcherOf(test);
    await test.sell({ orderId: 'o1', at: AT });
    await next();
    await test.refund('r1', AT, 500);
    await test.sell({ orderId: 'o2', at: AT });
    expect(await next()).toEqual([NEW_YORK_HOUR, '15.00', 2]);
  });

  it('by the clock that the café goes by now', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const next = await watcherOf(test);
    await test.sell({ orderId: 'o1', at: AT });
    expect(await next()).toEqual([NEW_YORK_HOUR, '7.50', 1]);
    // In Kolkata hours begin at half past those of UTC.
    test.clock.advance(1_000);
    await test.openCafe(ASTORIA, 'Asia/Kolkata');
    await test.sell({ orderId: 'o2', at: AT });
    expect(await next()).toEqual(['2026-03-02T14:30:00.000Z', '15.00', 2]);
  });

  it('and not of a sale that was cancelled before it was heard of', async () => {
    const test = await createTestAnalytics();
    await test.openCafe();
    const next = await watcherOf(test);
    await test.cancel('o1', AT);
    await test.sell({ orderId: 'o1', at: AT });
    await test.sell({ orderId: 'o2', at: AT });
    expect(await next()).toEqual([NEW_YORK_HOUR, '7.50', 1]);
  });
});
