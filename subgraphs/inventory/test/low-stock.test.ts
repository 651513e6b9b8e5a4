import { closeTestSubgraphs } from '@crema/kit/testing';
import { StockRanLow } from '@crema/schema/events';
import { barista, CAFE, createTestInventory, withLatte, type TestInventory } from './support.ts';

afterEach(closeTestSubgraphs);

const LATTE = [{ product: 'latte', options: ['milk-whole'] }];

describe('running low', () => {
  let shop: TestInventory;
  let beans: string;
  let whole: string;

  beforeEach(async () => {
    shop = await createTestInventory();
    ({ beans, whole } = await withLatte(shop));
    await shop.receive(beans, '1000');
    await shop.receive(whole, '1000');
    await shop.setReorderPoint(whole, '500');
  });

  const told = async () =>
    (await shop.test.published(StockRanLow)).map(({ key, data }) => ({ key, ...data }));

  it('is told once, when reservations take what is available to the reorder point', async () => {
    await shop.place('one', LATTE);
    await shop.place('two', LATTE);
    expect(await told()).toEqual([]);
    await shop.place('three', LATTE);
    await shop.place('four', LATTE);
    expect(await told()).toEqual([
      {
        key: `${CAFE}:${whole}`,
        cafeId: CAFE,
        ingredientId: whole,
        ingredientName: 'Whole milk',
        unit: 'MILLILITRE',
        available: '280',
        reorderPoint: '500',
      },
    ]);
    expect((await shop.level(whole)).isLow).toBe(true);
  });

  it('is told again only after it rose above the reorder point', async () => {
    await shop.waste(whole, '500');
    expect(await told()).toHaveLength(1);
    await shop.receive(whole, '0.001');
    expect((await shop.level(whole)).isLow).toBe(false);
    await shop.waste(whole, '0.001');
    await shop.waste(whole, '100');
    expect(await told()).toHaveLength(2);
  });

  it('ends when an order gives back what it held', async () => {
    await shop.place('one', [{ ...LATTE[0]!, quantity: 3 }]);
    expect((await shop.level(whole)).isLow).toBe(true);
    await shop.closeOrder('one');
    expect((await shop.level(whole)).isLow).toBe(false);
    expect(await told()).toHaveLength(1);
  });

  it('is not told twice when an order uses up what it had reserved', async () => {
    await shop.place('one', [{ ...LATTE[0]!, quantity: 3 }]);
    await shop.prepare('one');
    expect(await told()).toHaveLength(1);
  });

  it('is told when the reorder point is raised above what is available, or a count finds less', async () => {
    await shop.setReorderPoint(beans, '1000');
    await shop.count(whole, '10');
    expect((await told()).map(({ ingredientName }) => ingredientName)).toEqual([
      'Beans',
      'Whole milk',
    ]);
  });

  it('is not told when the change is undone', async () => {
    const refused = await shop.waste(whole, '1001');
    expect(refused.userErrors).toHaveLength(1);
    expect(await told()).toEqual([]);
    expect((await shop.level(whole)).isLow).toBe(false);
  });

  it('reaches the staff of the café live, and no one else', async () => {
    const subscription = `subscription ($cafeId: ID!) {
      lowStock(cafeId: $cafeId) { available isLow ingredient { name } cafe { id } }
    }`;
    const here = await shop.test.watch(barista, subscription, { cafeId: CAFE });
    const first = here.next();
    // The subscriber is there before anything happens.
    await new Promise((resolve) => setImmediate(resolve));
    await shop.waste(beans, '1000');
    await shop.place('one', [{ ...LATTE[0]!, quantity: 3 }]);
    expect((await first).value).toEqual({
      data: {
        lowStock: {
          available: '0',
          isLow: true,
          ingredient: { name: 'Beans' },
          cafe: { id: CAFE },
        },
      },
    });
    await shop.waste(whole, '600');
    expect((await here.next()).value).toMatchObject({
      data: { lowStock: { available: '400', ingredient: { name: 'Whole milk' } } },
    });
    await here.return();

    const there = await shop.test.watch(barista, subscription, { cafeId: 'cafe-2' });
    expect((await there.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });
});
