import { closeTestSubgraphs, createTestSubgraph, takesNothing } from '@crema/kit/testing';
import { inventory } from '../src/subgraph.ts';
import { barista, CAFE, createTestInventory, manager, withLatte } from './support.ts';

afterEach(closeTestSubgraphs);

const WATCH = `subscription ($cafeId: ID!) {
  lowStock(cafeId: $cafeId) { available isLow ingredient { name } } }`;
const WASTE = `mutation ($input: StockInput!) {
  recordWaste(input: $input) { userErrors { code } } }`;

async function createTwo() {
  const shop = await createTestInventory({ isShared: true });
  const { beans, whole } = await withLatte(shop);
  for (const ingredient of [beans, whole]) {
    await shop.receive(ingredient, '1000');
    await shop.setReorderPoint(ingredient, '500');
  }
  const other = await createTestSubgraph(inventory, { replicaOf: shop.test });
  return { shop, other, beans, whole };
}

const low = (name: string, available: string) => ({
  data: { lowStock: { available, isLow: true, ingredient: { name } } },
});

describe('low stock of two processes', () => {
  it('is told once to who listens at either', async () => {
    const { shop, other, beans, whole } = await createTwo();
    const here = await shop.test.watch(barista, WATCH, { cafeId: CAFE });
    const there = await other.watch(barista, WATCH, { cafeId: CAFE });
    await shop.waste(whole, '600');
    await shop.test.settle();
    await shop.waste(beans, '700');
    await shop.test.settle();
    for (const live of [here, there]) {
      expect((await live.next()).value).toEqual(low('Whole milk', '400'));
      expect((await live.next()).value).toEqual(low('Beans', '300'));
    }
  });

  it('is told although the process that found it is killed', async () => {
    const { shop, beans } = await createTwo();
    const live = await shop.test.watch(barista, WATCH, { cafeId: CAFE });
    const killed = await createTestSubgraph(inventory, {
      replicaOf: shop.test,
      through: takesNothing,
    });
    const input = {
      idempotencyKey: 'waste',
      cafeId: CAFE,
      ingredientId: beans,
      quantity: '900',
      reason: 'spilt',
    };
    expect((await killed.ask(manager, WASTE, { input })).errors).toBeUndefined();
    await killed.close();
    await shop.test.settle();
    expect((await live.next()).value).toEqual(low('Beans', '100'));
  });
});
