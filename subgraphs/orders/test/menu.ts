import type { CafeChanged, ProductChanged } from '@crema/schema/events';
import type { z } from 'zod';

type Cafe = z.output<typeof CafeChanged.data>;
type Product = z.output<typeof ProductChanged.data>;
export const usd = (minor: number) => ({ minor, currency: 'USD' });

/** Open from 7 to 19 on every day, New York time. */
export const cafeFact = (changes: Partial<Cafe> = {}): Cafe => ({
  slug: 'astoria',
  name: 'Crema Astoria',
  timeZone: 'America/New_York',
  currency: 'USD',
  taxRate: '8.875',
  openingHours: (
    ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const
  ).map((day) => ({ day, opens: '07:00', closes: '19:00' })),
  specialHours: [],
  orderingPausedReason: null,
  ...changes,
});

const option = (id: string, minor = 0, isDefault = false) => ({
  id,
  name: id,
  priceDelta: usd(minor),
  isDefault,
});

/** A latte with size (exactly one), milk (exactly one) and extras (up to three). */
export const latteFact = (changes: Partial<Product> = {}): Product => ({
  sku: 'latte',
  name: 'Latte',
  category: { id: 'coffee', name: 'Coffee' },
  price: usd(375),
  optionGroups: [
    {
      id: 'size',
      name: 'size',
      min: 1,
      max: 1,
      options: [option('regular', 0, true), option('large', 75)],
    },
    {
      id: 'milk',
      name: 'milk',
      min: 1,
      max: 1,
      options: [option('whole', 0, true), option('oat', 60)],
    },
    {
      id: 'extras',
      name: 'extras',
      min: 0,
      max: 3,
      options: [option('shot', 80), option('vanilla', 50)],
    },
  ],
  archived: false,
  ...changes,
});

export const croissantFact = (changes: Partial<Product> = {}): Product => ({
  ...latteFact(),
  sku: 'butter-croissant',
  name: 'Butter croissant',
  price: usd(350),
  optionGroups: [],
  ...changes,
});
