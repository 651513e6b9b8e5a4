/** An option of the demo menu; its id is `stableId('option/<sku>/<group key>/<option key>')`. */
export interface DemoOption {
  readonly key: string;
  readonly name: string;
  readonly priceDelta: string;
  readonly isDefault: boolean;
}

/** Its id is `stableId('group/<sku>/<group key>')`. */
export interface DemoGroup {
  readonly key: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly options: readonly DemoOption[];
}

/** Its id is `stableId('product/<sku>')`. */
export interface DemoProduct {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  /** In US dollars. */
  readonly price: string;
  readonly description: string;
  /** Those of every choice of milk included: who is allergic reads one list. */
  readonly allergens: readonly string[];
  readonly groups: readonly DemoGroup[];
}

/** In the order of the menu; the id is `stableId('category/<slug>')`. */
export const DEMO_CATEGORIES: readonly { readonly slug: string; readonly name: string }[] = [
  { slug: 'coffee', name: 'Coffee' },
  { slug: 'tea', name: 'Tea' },
  { slug: 'drinking-chocolate', name: 'Drinking Chocolate' },
  { slug: 'bakery', name: 'Bakery' },
  { slug: 'flavours', name: 'Flavours' },
  { slug: 'loose-tea', name: 'Loose Tea' },
  { slug: 'coffee-beans', name: 'Coffee Beans' },
  { slug: 'packaged-chocolate', name: 'Packaged Chocolate' },
  { slug: 'branded', name: 'Branded' },
];

const option = (key: string, name: string, priceDelta: string, isDefault = false): DemoOption => ({
  key,
  name,
  priceDelta,
  isDefault,
});

const SIZE: DemoGroup = {
  key: 'size',
  name: 'Size',
  min: 1,
  max: 1,
  options: [option('regular', 'Regular', '0', true), option('large', 'Large', '0.75')],
};

const SHOTS: DemoGroup = {
  ...SIZE,
  options: [option('single', 'Single', '0', true), option('double', 'Double', '0.90')],
};

const MILK: DemoGroup = {
  key: 'milk',
  name: 'Milk',
  min: 1,
  max: 1,
  options: [
    option('whole', 'Whole milk', '0', true),
    option('oat', 'Oat milk', '0.60'),
    option('soy', 'Soy milk', '0.50'),
  ],
};

const EXTRAS: DemoGroup = {
  key: 'extras',
  name: 'Extras',
  min: 0,
  max: 3,
  options: [
    option('extra-shot', 'Extra shot', '0.80'),
    option('vanilla', 'Vanilla', '0.50'),
    option('caramel', 'Caramel', '0.50'),
  ],
};

type Line = readonly [
  sku: string,
  name: string,
  price: string,
  groups: readonly DemoGroup[],
  description: string,
  allergens?: readonly string[],
];

const MILKS = ['milk', 'oats', 'soy'];

const LINES: Readonly<Record<string, readonly Line[]>> = {
  coffee: [
    ['espresso', 'Espresso', '2.10', [SHOTS, EXTRAS], 'Short and dense, with a hazel crema.'],
    ['macchiato', 'Macchiato', '3.00', [SIZE, MILK, EXTRAS], 'Espresso with a spot of foam.'],
    ['cortado', 'Cortado', '3.50', [SIZE, MILK, EXTRAS], 'Half espresso, half warm milk.'],
    ['flat-white', 'Flat White', '3.80', [SIZE, MILK, EXTRAS], 'Two shots under silky milk.'],
    ['cappuccino', 'Cappuccino', '3.75', [SIZE, MILK, EXTRAS], 'Espresso, milk and deep foam.'],
    ['latte', 'Latte', '3.75', [SIZE, MILK, EXTRAS], 'Mild and milky, with a shot at heart.'],
    ['mocha', 'Mocha', '4.25', [SIZE, MILK, EXTRAS], 'A latte that met dark chocolate.'],
    ['americano', 'Americano', '2.50', [SIZE, EXTRAS], 'Espresso lengthened with hot water.'],
    ['filter-brazilian', 'Brazilian Filter', '2.20', [SIZE, EXTRAS], 'Nutty, round, low in acid.'],
    ['filter-colombian', 'Colombian Filter', '2.50', [SIZE, EXTRAS], 'Red apple and brown sugar.'],
    ['filter-ethiopian', 'Ethiopian Filter', '3.00', [SIZE, EXTRAS], 'Jasmine, peach, lemon zest.'],
    ['cold-brew', 'Cold Brew', '4.00', [SIZE, EXTRAS], 'Steeped for eighteen hours, over ice.'],
    ['iced-latte', 'Iced Latte', '4.25', [SIZE, MILK, EXTRAS], 'Espresso and cold milk over ice.'],
    ['nitro-cold-brew', 'Nitro Cold Brew', '4.75', [SIZE], 'Cold brew from the tap, like velvet.'],
  ],
  tea: [
    ['english-breakfast', 'English Breakfast', '2.50', [SIZE], 'Malty and brisk.'],
    ['earl-grey', 'Earl Grey', '2.50', [SIZE], 'Black tea with bergamot.'],
    ['darjeeling', 'Darjeeling', '3.00', [SIZE], 'First flush: light, with muscatel.'],
    ['peppermint', 'Peppermint', '2.50', [SIZE], 'Whole leaves, no caffeine.'],
    ['chamomile', 'Chamomile', '2.50', [SIZE], 'Soft, floral, for the evening.'],
    ['lemon-ginger', 'Lemon Ginger', '2.50', [SIZE], 'Sharp ginger, fresh lemon.'],
    ['spicy-chai', 'Spicy Chai', '3.10', [SIZE, MILK], 'Black pepper and clove lead.'],
    ['traditional-chai', 'Traditional Chai', '2.55', [SIZE, MILK], 'Assam, cardamom, cinnamon.'],
    ['matcha-latte', 'Matcha Latte', '4.50', [SIZE, MILK], 'Stone-ground green tea, whisked.'],
    ['green-tea', 'Green Tea', '2.50', [SIZE], 'Pan-fired sencha, grassy and clean.'],
  ],
  'drinking-chocolate': [
    ['dark-hot-chocolate', 'Dark Hot Chocolate', '3.75', [SIZE, MILK], 'Seventy per cent, melted.'],
    [
      'white-hot-chocolate',
      'White Hot Chocolate',
      '3.75',
      [SIZE, MILK],
      'Cocoa butter and vanilla.',
    ],
    [
      'sustainable-hot-chocolate',
      'Sustainable Hot Chocolate',
      '4.00',
      [SIZE, MILK],
      'Cocoa from one cooperative, paid above the market.',
    ],
  ],
  bakery: [
    [
      'butter-croissant',
      'Butter Croissant',
      '3.50',
      [],
      'Twenty-seven layers, baked this morning.',
      ['gluten', 'milk', 'egg'],
    ],
    [
      'chocolate-croissant',
      'Chocolate Croissant',
      '3.75',
      [],
      'Two bars of dark chocolate inside.',
      ['gluten', 'milk', 'egg', 'soy'],
    ],
    [
      'almond-croissant',
      'Almond Croissant',
      '3.95',
      [],
      'Twice baked, with almond cream.',
      ['gluten', 'milk', 'egg', 'almonds'],
    ],
    [
      'ginger-scone',
      'Ginger Scone',
      '3.25',
      [],
      'Candied ginger, tender crumb.',
      ['gluten', 'milk', 'egg'],
    ],
    [
      'oatmeal-scone',
      'Oatmeal Scone',
      '3.00',
      [],
      'Rolled oats and maple.',
      ['gluten', 'oats', 'milk', 'egg'],
    ],
    [
      'cranberry-scone',
      'Cranberry Scone',
      '3.25',
      [],
      'Tart berries, orange zest.',
      ['gluten', 'milk', 'egg'],
    ],
    [
      'hazelnut-biscotti',
      'Hazelnut Biscotti',
      '3.25',
      [],
      'Made for dipping.',
      ['gluten', 'egg', 'hazelnuts'],
    ],
    [
      'ginger-biscotti',
      'Ginger Biscotti',
      '3.50',
      [],
      'Crisp, with a warm bite.',
      ['gluten', 'egg'],
    ],
    [
      'chocolate-chip-biscotti',
      'Chocolate Chip Biscotti',
      '3.50',
      [],
      'Dark chips in a twice-baked biscuit.',
      ['gluten', 'egg', 'milk', 'soy'],
    ],
    [
      'banana-bread',
      'Banana Bread',
      '3.60',
      [],
      'A thick slice, very ripe bananas.',
      ['gluten', 'egg', 'walnuts'],
    ],
    [
      'blueberry-muffin',
      'Blueberry Muffin',
      '3.40',
      [],
      'Bursting berries, crumble top.',
      ['gluten', 'milk', 'egg'],
    ],
    [
      'cinnamon-roll',
      'Cinnamon Roll',
      '3.95',
      [],
      'Soft, sticky, glazed while warm.',
      ['gluten', 'milk', 'egg'],
    ],
  ],
  flavours: [
    ['vanilla-syrup', 'Vanilla Syrup', '0.80', [], 'A pump of Madagascar vanilla.'],
    ['hazelnut-syrup', 'Hazelnut Syrup', '0.80', [], 'A pump of roasted nut.', ['hazelnuts']],
    ['caramel-syrup', 'Caramel Syrup', '0.80', [], 'A pump of burnt sugar.'],
    ['sugar-free-vanilla-syrup', 'Sugar-Free Vanilla Syrup', '0.80', [], 'All vanilla, no sugar.'],
  ],
  'loose-tea': [
    ['earl-grey-leaves', 'Earl Grey Leaves', '8.95', [], 'A 100 g tin of whole leaves.'],
    ['chamomile-leaves', 'Chamomile Leaves', '9.25', [], 'An 80 g tin of whole flowers.'],
  ],
  'coffee-beans': [
    ['house-blend-beans', 'House Blend Beans', '18.00', [], '340 g. Chocolate, almond, cherry.'],
    ['espresso-roast-beans', 'Espresso Roast Beans', '20.45', [], '340 g. Dark, syrupy, smoky.'],
    ['ethiopia-beans', 'Ethiopia Beans', '21.00', [], '340 g. Washed, floral, bright.'],
    ['decaf-beans', 'Decaf Beans', '22.50', [], '340 g. Decaffeinated with water alone.'],
  ],
  'packaged-chocolate': [
    [
      'dark-chocolate-bar',
      'Dark Chocolate Bar',
      '6.40',
      [],
      '80 g, seventy-two per cent.',
      ['soy', 'may contain milk'],
    ],
    [
      'chilli-chocolate-bar',
      'Chilli Chocolate Bar',
      '7.64',
      [],
      '80 g, with a slow heat.',
      ['soy', 'may contain milk'],
    ],
  ],
  branded: [
    ['crema-mug', 'Crema Mug', '14.00', [], 'Stoneware, 300 ml, dishwasher safe.'],
    ['crema-tote', 'Crema Tote', '28.00', [], 'Heavy organic cotton, long handles.'],
  ],
};

export const DEMO_PRODUCTS: readonly DemoProduct[] = DEMO_CATEGORIES.flatMap(({ slug }) =>
  LINES[slug]!.map(([sku, name, price, groups, description, allergens]) => ({
    sku,
    name,
    category: slug,
    price,
    groups,
    description,
    allergens: allergens ?? (groups.includes(MILK) ? MILKS : []),
  })),
);
