import { Unit } from './types/unit.ts';

/** What a demo café begins with and when it should order more, in the ingredient's unit. */
export interface DemoIngredient {
  readonly name: string;
  readonly unit: Unit;
  readonly opening: number;
  readonly reorderPoint: number;
}

type Entries = Record<string, DemoIngredient>;

const measured =
  (unit: Unit) =>
  (name: string, opening: number, reorderPoint: number): DemoIngredient => ({
    name,
    unit,
    opening,
    reorderPoint,
  });

const grams = measured(Unit.GRAM);
const millilitres = measured(Unit.MILLILITRE);
const pieces = measured(Unit.PIECE);

const goods = (names: Record<string, string>, opening: number, reorderPoint: number): Entries =>
  Object.fromEntries(
    Object.entries(names).map(([slug, name]) => [slug, pieces(name, opening, reorderPoint)]),
  );

/**
 * All ingredients by slug. There is enough for a million drinks in each café, so that no load test runs
 * one dry.
 */
export const DEMO_INGREDIENTS: Entries = {
  'espresso-beans': grams('Espresso beans', 30_000_000, 20_000),
  'filter-beans-brazilian': grams('Brazilian filter beans', 30_000_000, 10_000),
  'filter-beans-colombian': grams('Colombian filter beans', 30_000_000, 10_000),
  'filter-beans-ethiopian': grams('Ethiopian filter beans', 30_000_000, 10_000),
  'whole-milk': millilitres('Whole milk', 250_000_000, 60_000),
  'oat-milk': millilitres('Oat milk', 250_000_000, 30_000),
  'soy-milk': millilitres('Soy milk', 250_000_000, 15_000),
  'vanilla-syrup': millilitres('Vanilla syrup', 20_000_000, 4_000),
  'hazelnut-syrup': millilitres('Hazelnut syrup', 20_000_000, 4_000),
  'caramel-syrup': millilitres('Caramel syrup', 20_000_000, 4_000),
  'sugar-free-vanilla-syrup': millilitres('Sugar-free vanilla syrup', 20_000_000, 2_000),
  'spicy-chai-concentrate': millilitres('Spicy chai concentrate', 80_000_000, 8_000),
  'traditional-chai-concentrate': millilitres('Traditional chai concentrate', 80_000_000, 8_000),
  matcha: grams('Matcha', 4_000_000, 500),
  'dark-chocolate': grams('Dark chocolate', 40_000_000, 5_000),
  'white-chocolate': grams('White chocolate', 40_000_000, 3_000),
  'sustainable-chocolate': grams('Sustainably grown chocolate', 40_000_000, 3_000),
  ...goods(
    {
      'espresso-cup': 'Espresso cup',
      'regular-cup': 'Regular cup',
      'large-cup': 'Large cup',
      'regular-lid': 'Regular lid',
      'large-lid': 'Large lid',
    },
    1_500_000,
    1_000,
  ),
  ...goods(
    {
      'english-breakfast-tea-bag': 'English breakfast tea bag',
      'earl-grey-tea-bag': 'Earl grey tea bag',
      'darjeeling-tea-bag': 'Darjeeling tea bag',
      'peppermint-tea-bag': 'Peppermint tea bag',
      'chamomile-tea-bag': 'Chamomile tea bag',
      'lemon-ginger-tea-bag': 'Lemon and ginger tea bag',
      'green-tea-bag': 'Green tea bag',
    },
    1_000_000,
    200,
  ),
  ...goods(
    {
      'butter-croissant': 'Butter croissant',
      'chocolate-croissant': 'Chocolate croissant',
      'almond-croissant': 'Almond croissant',
      'ginger-scone': 'Ginger scone',
      'oatmeal-scone': 'Oatmeal scone',
      'cranberry-scone': 'Cranberry scone',
      'hazelnut-biscotti': 'Hazelnut biscotti',
      'ginger-biscotti': 'Ginger biscotti',
      'chocolate-chip-biscotti': 'Chocolate chip biscotti',
      'banana-bread': 'Banana bread, slice',
      'blueberry-muffin': 'Blueberry muffin',
      'cinnamon-roll': 'Cinnamon roll',
    },
    500_000,
    40,
  ),
  ...goods(
    {
      'house-blend-beans': 'House blend, bag',
      'espresso-roast-beans': 'Espresso roast, bag',
      'ethiopia-beans': 'Ethiopia, bag',
      'decaf-beans': 'Decaf, bag',
      'earl-grey-leaves': 'Earl grey leaves, tin',
      'chamomile-leaves': 'Chamomile leaves, tin',
      'dark-chocolate-bar': 'Dark chocolate bar',
      'chilli-chocolate-bar': 'Chilli chocolate bar',
      'crema-mug': 'Crema mug',
      'crema-tote': 'Crema tote bag',
    },
    100_000,
    25,
  ),
};

export const DEMO_CAFES = ['astoria', 'hells-kitchen', 'lower-manhattan'];

/** Where a café differs: something must be low for the back office to have something to show. */
export const DEMO_EXCEPTIONS: Record<string, Record<string, Partial<DemoIngredient>>> = {
  astoria: { 'crema-tote': { opening: 400, reorderPoint: 500 } },
};
