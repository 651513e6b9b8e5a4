import { stableId } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { StockReserved } from '@crema/schema/events';
import { DEMO_RECIPES } from '../src/demo-recipes.ts';
import { DEMO_INGREDIENTS } from '../src/demo-stock.ts';
import { createTestInventory } from './support.ts';

afterEach(closeTestSubgraphs);

const astoria = stableId('cafe/astoria');
const option = (key: string) => stableId(`option/latte/${key}`);

describe('the demo', () => {
  it('stocks three cafés, and a second time changes nothing', async () => {
    const shop = await createTestInventory();
    const load = () => shop.test.running.subgraph.loadDemo!();
    await load();
    const loaded = await shop.stock(astoria);
    expect(loaded).toHaveLength(Object.keys(DEMO_INGREDIENTS).length);
    expect(await shop.stock(stableId('cafe/lower-manhattan'))).toHaveLength(loaded.length);
    expect(loaded.filter(({ isLow }) => isLow).map(({ ingredient }) => ingredient.name)).toEqual([
      'Crema tote bag',
    ]);
    expect((await shop.movements(astoria))[0]).toMatchObject({
      kind: 'RECEIVED',
      reason: 'Opening stock',
      actor: null,
    });

    await shop.place('order', [{ product: stableId('product/latte') }], astoria);
    const before = await shop.stock(astoria);
    await load();
    expect(await shop.stock(astoria)).toEqual(before);
    expect(await shop.verify()).toEqual([]);
  });

  it('has a recipe of known ingredients for every product, pieces in whole numbers', () => {
    expect(Object.keys(DEMO_RECIPES)).toHaveLength(53);
    for (const rows of Object.values(DEMO_RECIPES)) {
      const pairs = rows.map(([ingredient, , key]) => `${ingredient} ${key}`);
      expect(new Set(pairs).size).toBe(pairs.length);
      for (const [ingredient, quantity] of rows) {
        expect(DEMO_INGREDIENTS).toHaveProperty([ingredient]);
        if (DEMO_INGREDIENTS[ingredient]!.unit === 'PIECE') expect(quantity % 1).toBe(0);
      }
    }
  });

  it('makes lattes before menu and cafes have told of anything', async () => {
    const shop = await createTestInventory();
    await shop.test.running.subgraph.loadDemo!();
    const latte = stableId('product/latte');
    await shop.place(
      'order',
      [{ product: latte, options: [option('size/large'), option('milk/oat')] }],
      astoria,
    );
    expect(await shop.test.published(StockReserved)).toHaveLength(1);
    const reserved = (await shop.stock(astoria)).filter((level) => level.reserved !== '0');
    expect(
      Object.fromEntries(reserved.map(({ ingredient, reserved }) => [ingredient.name, reserved])),
    ).toEqual({ 'Espresso beans': '27', 'Large cup': '1', 'Large lid': '1', 'Oat milk': '240' });

    await shop.knowCafe(astoria);
    await shop.knowProduct(latte, {
      size: [option('size/regular'), option('size/large')],
      milk: [option('milk/whole'), option('milk/oat'), option('milk/soy')],
    });
    const availability = await shop.availability(latte, astoria);
    expect(availability.portionsLeft).toBeGreaterThan(1_000_000);
  });
});
