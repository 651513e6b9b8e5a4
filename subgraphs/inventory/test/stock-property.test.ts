import { closeTestSubgraphs, runs } from '@crema/kit/testing';
import { OrderClosed, OrderPlaced, OrderPreparing, StockReserved } from '@crema/schema/events';
import fc from 'fast-check';
import { Reservation } from '../src/entities/reservation.ts';
import { StockLevel } from '../src/entities/stock-level.ts';
import { admin, createTestInventory, type TestInventory } from './support.ts';

afterEach(closeTestSubgraphs);

const INGREDIENTS = ['a', 'b', 'c'] as const;
const ORDERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'] as const;

/** What one portion of each product takes of each ingredient. */
const RECIPES: Record<string, Record<string, number>> = {
  simple: { a: 3 },
  mixed: { a: 2, b: 5 },
  rich: { a: 1, b: 1, c: 4 },
  nothing: {},
};

const OPENING = 20;

type Step =
  | { do: 'place'; order: string; product: string; quantity: number }
  | { do: 'prepare' | 'close' | 'again'; order: string }
  | { do: 'receive' | 'waste' | 'count'; ingredient: string; quantity: number };

const order = fc.constantFrom(...ORDERS);
const ingredient = fc.constantFrom(...INGREDIENTS);
const quantity = fc.integer({ min: 1, max: 8 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('place' as const),
      order,
      product: fc.constantFrom(...Object.keys(RECIPES)),
      quantity: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('prepare', 'prepare', 'prepare', 'close', 'again'),
      order,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('receive', 'waste'), ingredient, quantity }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('count' as const),
      ingredient,
      quantity: fc.integer({ min: 0, max: 4 }),
    }),
  },
);

/** What stock must be, in a few lines that share nothing with the code. */
class Model {
  onHand: Record<string, number> = {};
  orders: Record<string, { status: string; holds: Record<string, number> }> = {};

  reserved(name: string): number {
    return Object.values(this.orders)
      .filter(({ status }) => status === 'HELD')
      .reduce((sum, { holds }) => sum + (holds[name] ?? 0), 0);
  }

  available(name: string): number {
    return Math.max(0, this.onHand[name]! - this.reserved(name));
  }

  apply(each: Step): void {
    switch (each.do) {
      case 'place': {
        if (this.orders[each.order]) return;
        const holds = Object.fromEntries(
          Object.entries(RECIPES[each.product]!).map(([name, n]) => [name, n * each.quantity]),
        );
        const enough = Object.entries(holds).every(([name, n]) => n <= this.available(name));
        this.orders[each.order] = enough
          ? { status: 'HELD', holds }
          : { status: 'REFUSED', holds: {} };
        return;
      }
      case 'prepare': {
        const known = this.orders[each.order];
        if (known?.status !== 'HELD') return;
        known.status = 'CONSUMED';
        for (const [name, n] of Object.entries(known.holds)) {
          this.onHand[name] = Math.max(0, this.onHand[name]! - n);
        }
        return;
      }
      case 'close':
        this.orders[each.order] ??= { status: 'HELD', holds: {} };
        if (this.orders[each.order]!.status === 'HELD')
          this.orders[each.order]!.status = 'RELEASED';
        return;
      case 'again':
        return;
      case 'receive':
        this.onHand[each.ingredient]! += each.quantity;
        return;
      case 'waste':
        if (each.quantity <= this.available(each.ingredient)) {
          this.onHand[each.ingredient]! -= each.quantity;
        }
        return;
      case 'count':
        this.onHand[each.ingredient] = each.quantity;
    }
  }
}

describe('stock, whatever happens in whatever order', () => {
  let shop: TestInventory;
  let ids: Record<string, string>;
  let run = 0;

  const begin = async () => {
    shop = await createTestInventory();
    ids = {};
    for (const name of INGREDIENTS) ids[name] = await shop.createIngredient(name);
    for (const [product, takes] of Object.entries(RECIPES)) {
      await shop.knowProduct(product);
      await shop.setRecipe(
        product,
        Object.entries(takes).map(([name, n]) => ({ ingredientId: ids[name]!, quantity: `${n}` })),
      );
    }
  };

  /** Each run has a café of its own. */
  const openCafe = async (): Promise<string> => {
    const cafeId = `cafe-of-run-${run++}`;
    await shop.knowCafe(cafeId);
    return cafeId;
  };

  const statusesOf = async (cafeId: string) => {
    const database = shop.test.running.database!;
    const known = await database.findMany(
      Reservation,
      ORDERS.map((each) => `${cafeId}/${each}`),
    );
    return Object.fromEntries(known.map(({ id, status }) => [id.split('/')[1], status]));
  };

  it('is what the facts say, and repeated or misplaced facts change nothing', async () => {
    await begin();
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 30, size: 'max' }),
        async (steps) => {
          const cafeId = await openCafe();
          const model = new Model();
          for (const name of INGREDIENTS) {
            await shop.receive(ids[name]!, `${OPENING}`, { cafeId, caller: admin });
            model.onHand[name] = OPENING;
          }
          const told = new Map<string, () => Promise<unknown>>();
          const tell = async (orderId: string, fact: (eventId: string) => Promise<string>) => {
            const eventId = shop.test.ids.next();
            told.set(orderId, () => fact(eventId));
            await fact(eventId);
          };
          for (const each of steps) {
            const change = { cafeId, caller: admin };
            if ('order' in each) {
              const id = `${cafeId}/${each.order}`;
              if (each.do === 'place') {
                const { product, quantity } = each;
                await tell(id, (event) => shop.place(id, [{ product, quantity }], cafeId, event));
              } else if (each.do === 'prepare') {
                await tell(id, (event) => shop.prepare(id, cafeId, event));
              } else if (each.do === 'close') {
                await tell(id, (event) => shop.closeOrder(id, cafeId, event));
              } else await told.get(id)?.();
            } else {
              await shop[each.do](ids[each.ingredient]!, `${each.quantity}`, change);
            }
            model.apply(each);
          }

          const levels = await shop.stock(cafeId);
          for (const name of INGREDIENTS) {
            const level = levels.find((each) => each.ingredient.name === name);
            expect(Number(level?.onHand ?? 0)).toBe(model.onHand[name]);
            expect(Number(level?.reserved ?? 0)).toBe(model.reserved(name));
            expect(Number(level?.available ?? 0)).toBe(model.available(name));
          }
          const expected = Object.entries(model.orders).map(([id, { status }]) => [id, status]);
          expect(await statusesOf(cafeId)).toEqual(Object.fromEntries(expected));
          expect(await shop.verify()).toEqual([]);
        },
      ),
      { numRuns: runs(60) },
    );
  }, 120_000);

  it('is conserved when all facts about many orders come in one burst', async () => {
    await begin();
    const fact = fc.record({
      contract: fc.constantFrom('placed', 'placed', 'preparing', 'closed'),
      order,
      product: fc.constantFrom('simple', 'mixed', 'rich'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { maxLength: 60 }), quantity, async (facts, stocked) => {
        const cafeId = await openCafe();
        for (const name of INGREDIENTS) {
          await shop.receive(ids[name]!, `${stocked}`, { cafeId, caller: admin });
        }
        await shop.test.events.append(
          facts.map(({ contract, order, product }) => {
            const { type, version, topic } = {
              placed: OrderPlaced,
              preparing: OrderPreparing,
              closed: OrderClosed,
            }[contract]!;
            const data =
              contract === 'placed' ? shop.placed([{ product }], cafeId) : shop.closed(cafeId);
            const time = shop.test.clock.now().toISOString();
            const id = shop.test.ids.next();
            return {
              id,
              type,
              version,
              topic,
              key: `${cafeId}/${order}`,
              source: 'test',
              time,
              data,
            };
          }),
        );
        await shop.test.settle();

        expect(await shop.verify()).toEqual([]);
        const levels = await shop.test.running.database!.findMany(StockLevel, [cafeId], {
          by: 'cafeId',
        });
        for (const { onHandMilli, reservedMilli } of levels) {
          expect(reservedMilli).toBeGreaterThanOrEqual(0);
          expect(onHandMilli).toBeGreaterThanOrEqual(reservedMilli);
        }
        const reserved = (await shop.test.published(StockReserved)).map(({ key }) => key);
        expect(new Set(reserved).size).toBe(reserved.length);
        const taken = Object.entries(await statusesOf(cafeId)).filter(([id, status]) =>
          status === 'RELEASED' ? reserved.includes(`${cafeId}/${id}`) : status !== 'REFUSED',
        );
        expect(reserved.filter((key) => key.startsWith(`${cafeId}/`)).sort()).toEqual(
          taken.map(([id]) => `${cafeId}/${id}`).sort(),
        );
      }),
      { numRuns: runs(40) },
    );
  }, 120_000);
});
