import { stableId } from '@crema/kit';
import type { Crema as Client } from '@crema/sdk';
import type { Crema } from '../src/standalone.ts';
import { coffee, ids, newKey, place } from './support.ts';

/** A mutation that an administrator is about to make, and on what that is. */
export interface PrivilegedWrite {
  readonly mutation: string;
  readonly target: RegExp;
}

interface Shop {
  readonly crema: Crema;
  /** Somebody with money who orders. */
  readonly customer: Client;
  /** As an administrator. */
  ask(query: string): Promise<unknown>;
}

const MILK = stableId('ingredient/whole-milk');
const CAFE = ids.lowerManhattan;
/** Nobody orders here: it may close and run out of everything. */
const OTHER_CAFE = ids.hellsKitchen;
const NEW_ONE = '[^:]+$';

const at = (target: string): RegExp => new RegExp(`^${target}`);
const usd = (amount: string): string => `{ amount: "${amount}", currencyCode: "USD" }`;

/** A new order that is confirmed, and has then been through these steps. */
async function order({ crema, customer, ask }: Shop, ...steps: string[]): Promise<string> {
  const { order: placed, userErrors } = await place(customer, coffee());
  if (!placed) throw new Error(JSON.stringify(userErrors));
  await crema.settle();
  for (const step of steps) {
    await ask(`mutation { ${step}(input: { orderId: "${placed.id}" }) { userErrors { code } } }`);
  }
  return placed.id;
}

const onOrder =
  (mutation: string, ...steps: string[]) =>
  async (shop: Shop): Promise<PrivilegedWrite> => {
    const id = await order(shop, ...steps);
    return { mutation: `${mutation}(input: { orderId: "${id}" })`, target: at(`Order:${id}$`) };
  };

const onCafe =
  (mutation: string, rest: string, name = 'cafeId') =>
  async (): Promise<PrivilegedWrite> => ({
    mutation: `${mutation}(${name}: "${OTHER_CAFE}"${rest})`,
    target: at(`Cafe:${OTHER_CAFE}$`),
  });

const onStock = (mutation: string) => async (): Promise<PrivilegedWrite> => ({
  mutation: `${mutation}(input: { idempotencyKey: "${newKey()}", cafeId: "${OTHER_CAFE}", ingredientId: "${MILK}", quantity: "7" })`,
  target: at(`StockLevel:${OTHER_CAFE}:${MILK}$`),
});

const onProduct = (mutation: string) => async (): Promise<PrivilegedWrite> => ({
  mutation,
  target: at(`Product:`),
});

/** Each mutation that customers may not make, done once so that it changes something. */
export const PRIVILEGED: Readonly<Record<string, (shop: Shop) => Promise<PrivilegedWrite>>> = {
  'accounts.setRoles': async () => ({
    mutation: `setRoles(input: { userId: "${ids.customer}", roles: [CUSTOMER, BARISTA], cafeIds: ["${CAFE}"] })`,
    target: at(`User:${ids.customer}$`),
  }),

  'cafes.createCafe': async () => ({
    mutation: `createCafe(input: { slug: "audited", name: "Audited", timeZone: "America/New_York", currencyCode: "USD", taxRate: "8",
      address: { street: "1 Main St", city: "New York", country: "US" }, location: { latitude: 40, longitude: -73 } })`,
    target: at(`Cafe:${NEW_ONE}`),
  }),
  'cafes.updateCafe': onCafe('updateCafe', ', input: { name: "Hell’s Kitchen South" }', 'id'),
  'cafes.setOpeningHours': onCafe(
    'setOpeningHours',
    ', hours: [{ day: MONDAY, opens: "07:00", closes: "19:00" }], special: []',
  ),
  'cafes.pauseOrdering': onCafe('pauseOrdering', ', reason: "The oven is being repaired."'),
  'cafes.resumeOrdering': onCafe('resumeOrdering', ''),

  'inventory.createIngredient': async () => ({
    mutation: 'createIngredient(input: { name: "Audited flour", unit: GRAM })',
    target: at(`Ingredient:${NEW_ONE}`),
  }),
  'inventory.setRecipe': onProduct(
    `setRecipe(productId: "${ids.croissant}", items: [{ ingredientId: "${MILK}", quantity: "5" }])`,
  ),
  'inventory.receiveStock': onStock('receiveStock'),
  'inventory.recordWaste': onStock('recordWaste'),
  'inventory.countStock': onStock('countStock'),
  'inventory.setReorderPoint': async () => ({
    mutation: `setReorderPoint(cafeId: "${OTHER_CAFE}", ingredientId: "${MILK}", quantity: "11")`,
    target: at(`StockLevel:${OTHER_CAFE}:${MILK}$`),
  }),

  'menu.createProduct': onProduct(
    `createProduct(input: { sku: "audited", name: "Audited cake", categoryId: "${stableId('category/bakery')}", price: ${usd('3.00')} })`,
  ),
  'menu.updateProduct': onProduct(
    `updateProduct(id: "${ids.latte}", input: { description: "With audited milk." })`,
  ),
  'menu.archiveProduct': onProduct(`archiveProduct(id: "${stableId('product/espresso')}")`),
  'menu.createCategory': async () => ({
    mutation: 'createCategory(input: { name: "Audited" })',
    target: at(`Category:${NEW_ONE}`),
  }),
  'menu.setCafePrice': onProduct(
    `setCafePrice(cafeId: "${CAFE}", productId: "${ids.croissant}", price: ${usd('4.90')})`,
  ),
  'menu.setSoldOut': onProduct(
    `setSoldOut(cafeId: "${CAFE}", productId: "${ids.croissant}", soldOut: true)`,
  ),

  'orders.startPreparing': onOrder('startPreparing'),
  'orders.markReady': onOrder('markReady', 'startPreparing'),
  'orders.markCollected': onOrder('markCollected', 'startPreparing', 'markReady'),
  'orders.recallOrder': onOrder('recallOrder', 'startPreparing', 'markReady'),
  'orders.rejectOrder': onOrder('rejectOrder'),
  'orders.refundOrder': async (shop) => {
    const id = await order(shop, 'startPreparing', 'markReady', 'markCollected');
    const input = `{ idempotencyKey: "${newKey()}", orderId: "${id}", reason: "It was cold." }`;
    return { mutation: `refundOrder(input: ${input})`, target: at(`Order:${id}$`) };
  },
};
