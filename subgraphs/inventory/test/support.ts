import type { CallerClaims } from '@crema/kit';
import { stableId } from '@crema/kit';
import { createTestSubgraph, type TestSubgraphOptions } from '@crema/kit/testing';
import {
  CafeChanged,
  OrderClosed,
  OrderPlaced,
  OrderPreparing,
  ProductChanged,
} from '@crema/schema/events';
import { inventory, verifyStock, type StockDifference } from '../src/subgraph.ts';

export const CAFE = 'cafe-1';
export const OTHER_CAFE = 'cafe-2';

const staff = (
  sub: string,
  roles: string[],
  scope: string,
  workplaces: string[],
): CallerClaims => ({
  sub,
  roles,
  scope,
  workplaces,
});

const BARISTA_SCOPES = 'queue:work stock:read orders:read';
const MANAGER_SCOPES = `${BARISTA_SCOPES} stock:write orders:refund analytics:read menu:write cafes:write`;

export const customer: CallerClaims = staff('customer', ['CUSTOMER'], '', []);
export const barista: CallerClaims = staff('barista', ['BARISTA'], BARISTA_SCOPES, [CAFE]);
export const manager: CallerClaims = staff('manager', ['MANAGER'], MANAGER_SCOPES, [CAFE]);
export const otherManager: CallerClaims = staff('stranger', ['MANAGER'], MANAGER_SCOPES, [
  OTHER_CAFE,
]);
export const admin: CallerClaims = staff('admin', ['ADMIN'], `${MANAGER_SCOPES} audit:read`, ['*']);

export interface Line {
  product: string;
  options?: string[];
  quantity?: number;
}

const usd = (minor: number) => ({ minor, currency: 'USD' });

export const LEVEL = `{
  onHand reserved available reorderPoint isLow updatedAt ingredient { id name unit } cafe { id }
}`;

/** GraphQL's answer has the shape that the test asked for. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = any;

/** Inventory with two cafés, and helpers that speak its language. */
export async function createTestInventory(options: TestSubgraphOptions = {}) {
  const test = await createTestSubgraph(inventory, options);
  const at = () => test.clock.now().toISOString();
  const orderOf = (cafeId: string) => ({ cafeId, customerId: 'customer', number: 'A1', at: at() });
  let keys = 0;

  const ask = async (
    caller: CallerClaims | null,
    query: string,
    variables = {},
  ): Promise<Answer> => {
    const { data, errors } = await test.ask(caller, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };

  const stockMutation =
    (name: 'receiveStock' | 'recordWaste' | 'countStock') =>
    async (
      ingredientId: string,
      quantity: string,
      {
        cafeId = CAFE,
        key = `key-${keys++}`,
        reason = null as string | null,
        caller = manager,
      } = {},
    ): Promise<Answer> => {
      const data = await ask(
        caller,
        `mutation ($input: StockInput!) {
          ${name}(input: $input) { stockLevel ${LEVEL} userErrors { code message field } }
        }`,
        { input: { idempotencyKey: key, cafeId, ingredientId, quantity, reason } },
      );
      return data[name];
    };

  const shop = {
    test,
    ask,

    knowCafe: (id: string) =>
      test.tell(CafeChanged, id, {
        slug: id,
        name: id,
        timeZone: 'America/New_York',
        currency: 'USD',
        taxRate: '8.875',
        openingHours: [],
        specialHours: [],
        orderingPausedReason: null,
      }),

    /** Options by key; the first of each group is its default. */
    knowProduct: (id: string, groups: Record<string, string[]> = {}) =>
      test.tell(ProductChanged, id, {
        sku: id,
        name: `The ${id}`,
        category: { id: 'coffee', name: 'Coffee' },
        price: usd(375),
        optionGroups: Object.entries(groups).map(([group, options]) => ({
          id: group,
          name: group,
          min: 0,
          max: 3,
          options: options.map((option, index) => ({
            id: option,
            name: option,
            priceDelta: usd(0),
            isDefault: index === 0,
          })),
        })),
        archived: false,
      }),

    async createIngredient(name: string, unit = 'GRAM'): Promise<string> {
      const data = await ask(
        manager,
        `mutation ($input: IngredientInput!) {
          createIngredient(input: $input) { ingredient { id } userErrors { code field } }
        }`,
        { input: { name, unit } },
      );
      return data.createIngredient.ingredient.id;
    },

    async setRecipe(
      productId: string,
      items: { ingredientId: string; quantity: string; optionId?: string }[],
      caller = manager,
    ): Promise<Answer> {
      const data = await ask(
        caller,
        `mutation ($productId: ID!, $items: [RecipeItemInput!]!) {
          setRecipe(productId: $productId, items: $items) {
            recipe { ingredient { id name } quantity optionId } userErrors { code message field }
          }
        }`,
        { productId, items },
      );
      return data.setRecipe;
    },

    receive: stockMutation('receiveStock'),
    waste: stockMutation('recordWaste'),
    count: stockMutation('countStock'),

    async setReorderPoint(
      ingredientId: string,
      quantity: string,
      caller = manager,
    ): Promise<Answer> {
      const data = await ask(
        caller,
        `mutation ($cafeId: ID!, $ingredientId: ID!, $quantity: Decimal!) {
          setReorderPoint(cafeId: $cafeId, ingredientId: $ingredientId, quantity: $quantity) {
            stockLevel ${LEVEL} userErrors { code message field }
          }
        }`,
        { cafeId: CAFE, ingredientId, quantity },
      );
      return data.setReorderPoint;
    },

    async stock(cafeId = CAFE, lowOnly = false, caller = admin): Promise<Answer[]> {
      const data = await ask(
        caller,
        `query ($r: [_Any!]!, $lowOnly: Boolean) {
          _entities(representations: $r) { ... on Cafe { stock(lowOnly: $lowOnly) ${LEVEL} } }
        }`,
        { r: [{ __typename: 'Cafe', id: cafeId }], lowOnly },
      );
      return data._entities[0].stock;
    },

    async level(ingredientId: string, cafeId = CAFE): Promise<Answer> {
      return (await shop.stock(cafeId)).find((level) => level.ingredient.id === ingredientId);
    },

    async movements(cafeId = CAFE, ingredientId?: string): Promise<Answer[]> {
      const data = await ask(
        admin,
        `query ($cafeId: ID!, $ingredientId: ID) {
          stockMovements(cafeId: $cafeId, ingredientId: $ingredientId, first: 100) {
            nodes {
              id at kind quantity reason ingredient { id name } cafe { id } order { id } actor { id }
            }
          }
        }`,
        { cafeId, ingredientId },
      );
      return data.stockMovements.nodes;
    },

    async availability(productId: string, cafeId = CAFE, caller: CallerClaims | null = null) {
      const data = await ask(
        caller,
        `query ($r: [_Any!]!, $cafeId: ID!) {
          _entities(representations: $r) {
            ... on Product { availability(cafeId: $cafeId) { available portionsLeft } }
          }
        }`,
        { r: [{ __typename: 'Product', id: productId }], cafeId },
      );
      return data._entities[0].availability as { available: boolean; portionsLeft: number | null };
    },

    placed: (lines: Line[], cafeId = CAFE) => ({
      ...orderOf(cafeId),
      lines: lines.map(({ product, options = [], quantity = 1 }, index) => ({
        lineId: `line-${index}`,
        productId: product,
        productName: product,
        optionIds: options,
        quantity,
        unitPrice: usd(375),
        total: usd(375 * quantity),
      })),
      amounts: { subtotal: usd(375), tax: usd(0), tip: usd(0), total: usd(375) },
      pickupAt: null,
    }),

    place: (orderId: string, lines: Line[], cafeId = CAFE, eventId?: string) =>
      test.tell(OrderPlaced, orderId, shop.placed(lines, cafeId), eventId),

    prepare: (orderId: string, cafeId = CAFE, eventId?: string) =>
      test.tell(OrderPreparing, orderId, orderOf(cafeId), eventId),

    closed: (cafeId = CAFE) => ({
      ...orderOf(cafeId),
      status: 'CANCELLED' as const,
      reason: 'CANCELLED_BY_CUSTOMER' as const,
      message: 'Cancelled.',
      wasConfirmed: true,
      refundDue: true,
      total: usd(375),
    }),

    closeOrder: (orderId: string, cafeId = CAFE, eventId?: string) =>
      test.tell(OrderClosed, orderId, shop.closed(cafeId), eventId),

    /** Places all of these at once, as one burst of facts in the log. */
    async placeTogether(orderIds: readonly string[], lines: Line[]): Promise<void> {
      await test.events.append(
        orderIds.map((key) => ({
          id: stableId(`placed/${key}`),
          type: OrderPlaced.type,
          version: OrderPlaced.version,
          topic: OrderPlaced.topic,
          key,
          source: 'test',
          time: at(),
          data: shop.placed(lines),
        })),
      );
      await test.settle();
    },

    verify: (): Promise<StockDifference[]> => verifyStock(test.running.database!),
  };

  await shop.knowCafe(CAFE);
  await shop.knowCafe(OTHER_CAFE);
  return shop;
}

export type TestInventory = Awaited<ReturnType<typeof createTestInventory>>;

/** A latte of espresso and a milk of choice, and what it is made of, at no stock yet. */
export async function withLatte(shop: TestInventory) {
  const beans = await shop.createIngredient('Beans');
  const whole = await shop.createIngredient('Whole milk', 'MILLILITRE');
  const oat = await shop.createIngredient('Oat milk', 'MILLILITRE');
  await shop.knowProduct('latte', { milk: ['milk-whole', 'milk-oat'], extras: ['none', 'shot'] });
  await shop.setRecipe('latte', [
    { ingredientId: beans, quantity: '18' },
    { ingredientId: whole, quantity: '240', optionId: 'milk-whole' },
    { ingredientId: oat, quantity: '240', optionId: 'milk-oat' },
    { ingredientId: beans, quantity: '9', optionId: 'shot' },
  ]);
  return { beans, whole, oat };
}
