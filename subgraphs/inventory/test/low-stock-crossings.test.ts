import {
  closeTestSubgraphs,
  createTestSubgraph,
  runs,
  type TestSubgraph,
} from '@crema/kit/testing';
import { StockRanLow } from '@crema/schema/events';
import fc from 'fast-check';
import { inventory } from '../src/subgraph.ts';
import { CAFE, createTestInventory, manager, withLatte, type TestInventory } from './support.ts';

afterEach(closeTestSubgraphs);

const LATTE = { product: 'latte', options: ['milk-whole'] };
const PORTION = 240;

const WASTE = `mutation ($input: StockInput!) {
  recordWaste(input: $input) { userErrors { code } } }`;

type Step =
  | { readonly do: 'receive' | 'waste' | 'count' | 'reorderAt'; readonly quantity: number }
  | { readonly do: 'place' | 'prepare' | 'close'; readonly order: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('receive', 'waste', 'count', 'reorderAt'),
    quantity: fc.integer({ min: 1, max: 1_500 }),
  }),
  fc.record({
    do: fc.constantFrom('place', 'prepare', 'close'),
    order: fc.integer({ min: 0, max: 4 }),
  }),
);

/** Few random walks may all stay on one side. */
const CROSSES: Step[] = [
  { do: 'reorderAt', quantity: 500 },
  { do: 'waste', quantity: 800 },
];

/** What was available, and where the reorder point was, after each step: read from what people see. */
async function walk(shop: TestInventory, milk: string, steps: readonly Step[], round: number) {
  let crossings = 0;
  let wasLow = (await shop.level(milk)).isLow as boolean;
  for (const each of steps) {
    if ('order' in each) {
      const id = `order-${round}-${each.order}`;
      if (each.do === 'place') await shop.place(id, [LATTE]);
      else if (each.do === 'prepare') await shop.prepare(id);
      else await shop.closeOrder(id);
    } else if (each.do === 'reorderAt') {
      await shop.setReorderPoint(milk, String(each.quantity));
    } else {
      await shop[each.do](milk, String(each.quantity));
    }
    const { available, reorderPoint } = await shop.level(milk);
    const isLow = Number(available) <= Number(reorderPoint);
    if (isLow && !wasLow) crossings++;
    wasLow = isLow;
  }
  return crossings;
}

describe('crossing the reorder point', () => {
  it('is told each time and no more often, whatever takes stock away and brings it back', async () => {
    const shop = await createTestInventory();
    const { beans, whole } = await withLatte(shop);
    await shop.receive(beans, '1000000');
    await shop.receive(whole, '1000');
    let round = 0;
    let expected = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        expected += await walk(shop, whole, steps, round++);
        const told = (await shop.test.published(StockRanLow)).filter(
          ({ data }) => data.ingredientId === whole,
        );
        expect(told).toHaveLength(expected);
        for (const { data } of told) {
          expect(Number(data.available)).toBeLessThanOrEqual(Number(data.reorderPoint));
        }
      }),
      { numRuns: runs(40), endOnFailure: true, examples: [[CROSSES]] },
    );
    expect(expected).toBeGreaterThan(0);
  });

  it('is told once, of all who cross it together at two processes, and again after it recovered', async () => {
    const shop = await createTestInventory({ isShared: true });
    const { beans, whole } = await withLatte(shop);
    await shop.receive(beans, '1000000');
    const other = await createTestSubgraph(inventory, { replicaOf: shop.test });
    // One process at a time has a file.
    const all = process.env['CREMA_TEST_DATABASE'] ? [shop.test, other] : [shop.test];
    for (const times of [1, 2]) {
      await shop.count(whole, '10000');
      await shop.setReorderPoint(whole, '7000');
      const wasted = Array.from({ length: 12 }, (_, index) =>
        waste(all[index % all.length]!, whole, `round-${times}-${index}`),
      );
      const sold = shop.placeTogether(
        Array.from({ length: 5 }, (_, index) => `sale-${times}-${index}`),
        [LATTE],
      );
      await Promise.all([...wasted, sold]);
      expect(await shop.level(whole)).toMatchObject({
        available: String(10_000 - 12 * 300 - times * 5 * PORTION),
        isLow: true,
      });
      expect(await shop.test.published(StockRanLow)).toHaveLength(times);
    }
    expect(await shop.verify()).toEqual([]);
  });
});

async function waste(at: TestSubgraph, ingredientId: string, idempotencyKey: string) {
  const input = { idempotencyKey, cafeId: CAFE, ingredientId, quantity: '300', reason: 'spilt' };
  const { data, errors } = await at.ask(manager, WASTE, { input });
  expect([data, errors]).toEqual([{ recordWaste: { userErrors: [] } }, undefined]);
}
