/** How much of which ingredient, in its unit; with an option's key only when that option is chosen. */
export type DemoRow = readonly [ingredient: string, quantity: number, option?: string];

/**
 * A row knows one option, so nothing depends on milk and size at once: the milk of a recipe is measured
 * for the larger cup, what a large cup adds is coffee, tea or chocolate.
 */
const cup = (larger: readonly DemoRow[] = []): DemoRow[] => [
  ['regular-cup', 1, 'size/regular'],
  ['regular-lid', 1, 'size/regular'],
  ['large-cup', 1, 'size/large'],
  ['large-lid', 1, 'size/large'],
  ...larger,
];

const milk = (millilitres: number): DemoRow[] => [
  ['whole-milk', millilitres, 'milk/whole'],
  ['oat-milk', millilitres, 'milk/oat'],
  ['soy-milk', millilitres, 'milk/soy'],
];

const EXTRAS: readonly DemoRow[] = [
  ['espresso-beans', 9, 'extras/extra-shot'],
  ['vanilla-syrup', 15, 'extras/vanilla'],
  ['caramel-syrup', 15, 'extras/caramel'],
];

/** A double shot, a triple in a large cup. */
const espressoDrink = (millilitresOfMilk: number): DemoRow[] => [
  ['espresso-beans', 18],
  ...cup([['espresso-beans', 9, 'size/large']]),
  ...(millilitresOfMilk > 0 ? milk(millilitresOfMilk) : []),
  ...EXTRAS,
];

const filter = (beans: string): DemoRow[] => [
  [beans, 18],
  ...cup([[beans, 8, 'size/large']]),
  ...EXTRAS,
];

const tea = (bag: string): DemoRow[] => [[bag, 1], ...cup([[bag, 1, 'size/large']])];

const chai = (concentrate: string): DemoRow[] => [
  [concentrate, 60],
  ...cup([[concentrate, 20, 'size/large']]),
  ...milk(180),
];

const hotChocolate = (chocolate: string): DemoRow[] => [
  [chocolate, 28],
  ...cup([[chocolate, 10, 'size/large']]),
  ...milk(240),
];

const syrup = (ingredient: string): DemoRow[] => [[ingredient, 15]];

/** Sold as it is bought: the ingredient has the product's own slug. */
const asItIs = (...skus: string[]): Record<string, DemoRow[]> =>
  Object.fromEntries(skus.map((sku) => [sku, [[sku, 1]]]));

/** What every product of the demo menu takes, by sku. */
export const DEMO_RECIPES: Record<string, readonly DemoRow[]> = {
  espresso: [
    ['espresso-beans', 9],
    ['espresso-cup', 1],
    ['espresso-beans', 9, 'size/double'],
    ...EXTRAS,
  ],
  macchiato: espressoDrink(20),
  cortado: espressoDrink(60),
  'flat-white': espressoDrink(130),
  cappuccino: espressoDrink(150),
  latte: espressoDrink(240),
  mocha: [...espressoDrink(220), ['dark-chocolate', 20]],
  americano: espressoDrink(0),
  'filter-brazilian': filter('filter-beans-brazilian'),
  'filter-colombian': filter('filter-beans-colombian'),
  'filter-ethiopian': filter('filter-beans-ethiopian'),
  'cold-brew': filter('filter-beans-colombian'),
  'iced-latte': espressoDrink(200),
  'nitro-cold-brew': [
    ['filter-beans-colombian', 22],
    ...cup([['filter-beans-colombian', 10, 'size/large']]),
  ],

  'english-breakfast': tea('english-breakfast-tea-bag'),
  'earl-grey': tea('earl-grey-tea-bag'),
  darjeeling: tea('darjeeling-tea-bag'),
  peppermint: tea('peppermint-tea-bag'),
  chamomile: tea('chamomile-tea-bag'),
  'lemon-ginger': tea('lemon-ginger-tea-bag'),
  'spicy-chai': chai('spicy-chai-concentrate'),
  'traditional-chai': chai('traditional-chai-concentrate'),
  'matcha-latte': [['matcha', 3], ...cup([['matcha', 1, 'size/large']]), ...milk(220)],
  'green-tea': tea('green-tea-bag'),

  'dark-hot-chocolate': hotChocolate('dark-chocolate'),
  'white-hot-chocolate': hotChocolate('white-chocolate'),
  'sustainable-hot-chocolate': hotChocolate('sustainable-chocolate'),

  'vanilla-syrup': syrup('vanilla-syrup'),
  'hazelnut-syrup': syrup('hazelnut-syrup'),
  'caramel-syrup': syrup('caramel-syrup'),
  'sugar-free-vanilla-syrup': syrup('sugar-free-vanilla-syrup'),

  ...asItIs(
    'butter-croissant',
    'chocolate-croissant',
    'almond-croissant',
    'ginger-scone',
    'oatmeal-scone',
    'cranberry-scone',
    'hazelnut-biscotti',
    'ginger-biscotti',
    'chocolate-chip-biscotti',
    'banana-bread',
    'blueberry-muffin',
    'cinnamon-roll',
    'house-blend-beans',
    'espresso-roast-beans',
    'ethiopia-beans',
    'decaf-beans',
    'earl-grey-leaves',
    'chamomile-leaves',
    'dark-chocolate-bar',
    'chilli-chocolate-bar',
    'crema-mug',
    'crema-tote',
  ),
};
